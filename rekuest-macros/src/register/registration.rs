//! What is registered: signature, attributes and doc comment put together, ready to be written down.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{Expr, LitStr, Path, ReturnType, Type, Visibility};

use super::evaluation::{Evaluation, Generator};
use super::options::{Dependency, Options, PortGroup, SaidReturn};
use super::signature::{FunctionItem, Parameter};
use crate::doc::{Documentation, DocumentedReturn};
use crate::errors::Errors;
use crate::injected::is_state;
use crate::naming::{snake_case, title_case};
use crate::port::{Effect, PortOptions, check_dependencies, listed};
use crate::types;

/// A function that is registered.
#[derive(Debug)]
pub(crate) struct Registration {
    pub(crate) facade: Path,
    pub(crate) ident: Ident,
    pub(crate) visibility: Visibility,
    pub(crate) is_async: bool,
    pub(crate) interface: String,
    pub(crate) name: String,
    pub(crate) description: Description,
    pub(crate) is_dev: bool,
    pub(crate) collections: Vec<String>,
    pub(crate) interfaces: Vec<String>,
    pub(crate) port_groups: Vec<PortGroup>,
    pub(crate) stateful: bool,
    pub(crate) is_test_for: Vec<Path>,
    pub(crate) logo: Option<String>,
    /// The parameters, with those that are injected.
    pub(crate) arguments: Vec<Argument>,
    /// What one YIELD is made of.
    pub(crate) output: ReturnType,
    pub(crate) generator: Option<Generator>,
    /// How many invocations run at once.
    pub(crate) concurrency: Option<Expr>,
    pub(crate) group: Option<String>,
    /// It stays out of the groups of what it takes.
    pub(crate) ungrouped: bool,
    /// The functions that it calls.
    pub(crate) dependencies: Vec<Dependency>,
    /// What is said about the first returns.
    pub(crate) returns: Vec<PortOptions>,
}

/// What the function does.
#[derive(Debug)]
pub(crate) enum Description {
    Given(String),
    /// A name was given and nothing more.
    Absent,
    /// Nobody said anything.
    Missing,
}

/// One parameter, with all that is said about it.
#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) ident: Ident,
    pub(crate) key: String,
    pub(crate) ty: Type,
    /// The name of what the agent injects, in place of a port.
    pub(crate) injected: Option<&'static str>,
    pub(crate) label: Option<String>,
    pub(crate) description: Option<String>,
    /// The default, and what else is said in its `#[port]`.
    pub(crate) options: PortOptions,
}

impl Registration {
    /// Puts together what was read; what does not fit together is reported.
    pub(crate) fn new(
        function: &FunctionItem,
        options: Options,
        parameters: Vec<Parameter>,
        documentation: Documentation,
        evaluation: Evaluation,
        errors: &mut Errors,
    ) -> Self {
        let signature = &function.signature;
        let function_name = signature.ident.unraw().to_string();
        let arguments = arguments(parameters, &documentation, errors);
        let returns = returns(documentation.returns, options.returns, &evaluation.output, errors);
        let has_state = arguments.iter().any(|argument| is_state(&argument.ty));
        check_keys(&arguments, &returns, &options.port_groups, errors);

        let is_dev = options.name.is_none() && documentation.summary.is_none();
        // A given name stands for the whole doc comment.
        let (name, documented) = match (options.name, documentation.summary, documentation.body) {
            (Some(name), _, _) => (name.value(), Description::Absent),
            (None, Some(summary), Some(body)) => {
                (without_period(&summary).to_owned(), Description::Given(body))
            }
            (None, Some(text), None) | (None, None, Some(text)) => {
                (title_case(&function_name), Description::Given(text))
            }
            (None, None, None) => (title_case(&function_name), Description::Missing),
        };
        Self {
            facade: options.facade,
            ident: signature.ident.clone(),
            visibility: function.visibility.clone(),
            is_async: signature.asyncness.is_some(),
            interface: options
                .interface
                .map_or_else(|| snake_case(&function_name), |interface| interface.value()),
            name,
            description: options.description.map_or(documented, |given| Description::Given(given.value())),
            is_dev,
            collections: options.collections.iter().map(LitStr::value).collect(),
            interfaces: options.interfaces.iter().map(LitStr::value).collect(),
            port_groups: options.port_groups,
            stateful: options.stateful || has_state,
            is_test_for: options.is_test_for,
            logo: options.logo.map(|logo| logo.value()),
            arguments,
            output: evaluation.output,
            generator: evaluation.generator,
            concurrency: options.concurrency,
            group: options.group.map(|group| group.value()),
            ungrouped: options.ungrouped,
            dependencies: options.dependencies,
            returns,
        }
    }
}

impl Registration {
    /// The parameters that have a port: the arguments that callers send.
    pub(crate) fn ports(&self) -> impl DoubleEndedIterator<Item = &Argument> {
        self.arguments.iter().filter(|argument| argument.injected.is_none())
    }
}

/// The summary as a name: names end without a period.
fn without_period(summary: &str) -> &str {
    match summary.strip_suffix('.') {
        Some(name) if !name.ends_with('.') => name,
        _ => summary,
    }
}

fn arguments(
    parameters: Vec<Parameter>,
    documentation: &Documentation,
    errors: &mut Errors,
) -> Vec<Argument> {
    for documented in &documentation.arguments {
        if !parameters.iter().any(|parameter| parameter.key == documented.name) {
            let keys: Vec<String> =
                parameters.iter().map(|parameter| format!("`{}`", parameter.key)).collect();
            let has = match keys.as_slice() {
                [] => "it has none".to_owned(),
                [key] => format!("its argument is {key}"),
                keys => format!("its arguments are {}", keys.join(", ")),
            };
            errors.at(documented.span, format!("the function has no argument `{}`; {has}", documented.name));
        }
    }
    let describe = |parameter: Parameter| {
        let documented = documentation.arguments.iter().find(|documented| documented.name == parameter.key);
        if let (Some(given), Some(_)) = (&parameter.options.description, documented) {
            errors.on(
                given,
                format!(
                    "`{}` is described in the doc comment already; keep one of the descriptions",
                    parameter.key
                ),
            );
        }
        let label = parameter.options.label.as_ref().map(LitStr::value);
        let given = parameter.options.description.as_ref().map(LitStr::value);
        let documented_text = documented.map(|documented| documented.description.clone());
        Argument {
            ident: parameter.ident,
            label: label.or_else(|| documented.map(|_| parameter.key.clone())),
            key: parameter.key,
            ty: parameter.ty,
            injected: parameter.injected,
            description: given.or(documented_text).filter(|text| !text.is_empty()),
            options: parameter.options,
        }
    };
    parameters.into_iter().map(describe).collect()
}

/// What is said about the returns, as far as their number can be read off the signature: in the doc comment, and in
/// `returns(…)` by position.
fn returns(
    documented: Vec<DocumentedReturn>,
    said: Vec<SaidReturn>,
    output: &ReturnType,
    errors: &mut Errors,
) -> Vec<PortOptions> {
    if let Some(has) = types::count_returns(output) {
        let message = || match has {
            0 => "the function returns nothing, so there is nothing to describe".to_owned(),
            1 => "the function has one return, and this describes another".to_owned(),
            has => format!("the function has {has} returns, and this describes another"),
        };
        if let Some(unknown) = documented.get(has) {
            let list = if has == 1 { "; in this section, a list is a list of returns" } else { "" };
            errors.at(unknown.span, format!("{}{list}", message()));
        }
        if let Some(unknown) = said.get(has) {
            errors.at(unknown.span, message());
        }
    }
    let types = types::returns(output);
    let mut returns: Vec<PortOptions> = Vec::new();
    for (index, said) in said.into_iter().enumerate() {
        returns.push(said.read(types.get(index).copied(), errors));
    }
    for (index, documented) in documented.into_iter().enumerate() {
        if index == returns.len() {
            returns.push(PortOptions::default());
        }
        let options = &mut returns[index];
        let literal = |text: &str| LitStr::new(text, documented.span);
        if let Some(given) = &options.description {
            errors.on(
                given,
                "this return is described in the doc comment already; keep one of the descriptions",
            );
        }
        let label = documented.name.unwrap_or_else(|| format!("return{index}"));
        options.label.get_or_insert_with(|| literal(&label));
        options.description = Some(literal(&documented.description));
    }
    returns
}

/// Reports widgets, validators, effects and groups that name ports which are not there.
fn check_keys(arguments: &[Argument], returns: &[PortOptions], groups: &[PortGroup], errors: &mut Errors) {
    let ports = arguments.iter().filter(|argument| argument.injected.is_none());
    let keys: Vec<String> = ports.map(|argument| argument.key.clone()).collect();
    let said = arguments.iter().map(|argument| &argument.options).chain(returns);
    let grouped = groups
        .iter()
        .flat_map(|group| group.ports.iter().chain(group.effects.iter().flat_map(Effect::dependencies)));
    let named = said.flat_map(PortOptions::dependencies).chain(grouped);
    let (injected, named): (Vec<&LitStr>, Vec<&LitStr>) = named.partition(|name| {
        arguments.iter().any(|argument| argument.injected.is_some() && argument.key == name.value())
    });
    for name in injected {
        errors.on(
            name,
            format!("`{}` is injected by the agent, so it is no port; {}", name.value(), listed(&keys)),
        );
    }
    check_dependencies(named, &keys, errors);
}
