//! What is registered: signature, attributes and doc comment put together, ready to be written down.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{Expr, Path, ReturnType, Type, Visibility};

use super::options::Options;
use super::signature::{FunctionItem, Parameter};
use crate::doc::{Documentation, DocumentedReturn};
use crate::errors::Errors;
use crate::naming::{snake_case, title_case};
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
    pub(crate) stateful: bool,
    pub(crate) is_test_for: Vec<Path>,
    pub(crate) logo: Option<String>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) output: ReturnType,
    pub(crate) returns: Vec<Return>,
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
    pub(crate) label: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) default: Option<Expr>,
}

/// The documentation of one return.
#[derive(Debug)]
pub(crate) struct Return {
    pub(crate) label: String,
    pub(crate) description: String,
}

impl Registration {
    /// Puts together what was read; what does not fit together is reported.
    pub(crate) fn new(
        function: &FunctionItem,
        options: Options,
        parameters: Vec<Parameter>,
        documentation: Documentation,
        errors: &mut Errors,
    ) -> Self {
        let signature = &function.signature;
        let function_name = signature.ident.unraw().to_string();
        let arguments = arguments(parameters, &documentation, errors);
        let returns = returns(documentation.returns, &signature.output, errors);

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
            collections: options.collections.iter().map(syn::LitStr::value).collect(),
            stateful: options.stateful,
            is_test_for: options.is_test_for,
            logo: options.logo.map(|logo| logo.value()),
            arguments,
            output: signature.output.clone(),
            returns,
        }
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
        let label = parameter.options.label.map(|label| label.value());
        let given = parameter.options.description.map(|description| description.value());
        let documented_text = documented.map(|documented| documented.description.clone());
        Argument {
            ident: parameter.ident,
            label: label.or_else(|| documented.map(|_| parameter.key.clone())),
            key: parameter.key,
            ty: parameter.ty,
            description: given.or(documented_text).filter(|text| !text.is_empty()),
            default: parameter.options.default,
        }
    };
    parameters.into_iter().map(describe).collect()
}

/// The documentation of the returns, as far as their number can be read off the signature.
fn returns(documented: Vec<DocumentedReturn>, output: &ReturnType, errors: &mut Errors) -> Vec<Return> {
    if let Some(has) = types::count_returns(output)
        && let Some(unknown) = documented.get(has)
    {
        let message = match has {
            0 => "the function returns nothing, so there is nothing to describe".to_owned(),
            1 => "the function has one return, and this describes another; in this section, a list is a list of returns"
                .to_owned(),
            has => format!("the function has {has} returns, and this describes another"),
        };
        errors.at(unknown.span, message);
    }
    let label = |(index, documented): (usize, DocumentedReturn)| Return {
        label: documented.name.unwrap_or_else(|| format!("return{index}")),
        description: documented.description,
    };
    documented.into_iter().enumerate().map(label).collect()
}
