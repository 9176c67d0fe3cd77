//! What `#[register(…)]` can be given.

use proc_macro2::{Span, TokenStream};
use syn::{Expr, LitStr, Path, parse_quote};

use super::evaluation::Items;
use crate::arguments::{self, Argument, Key, NumberValue, Value, literal, number, plain_path};
use crate::errors::Errors;
use crate::port::{self, Effect, PortOptions};

/// What `#[register(…)]` takes.
const REGISTER: [Key; 16] = [
    Key::new("interface", "interface = \"…\""),
    Key::new("name", "name = \"…\""),
    Key::new("description", "description = \"…\""),
    Key::new("collections", "collections = [\"…\", …]"),
    Key::new("interfaces", "interfaces = [\"…\", …]"),
    Key::new("stateful", "stateful = true"),
    Key::new("generator", "generator = stream"),
    Key::new("concurrency", "concurrency = 1"),
    Key::new("group", "group = \"…\""),
    Key::new("ungrouped", "ungrouped"),
    Key::new("dependencies", "dependencies = [path::to::function, optional(another)]"),
    Key::list("returns", "returns(label = \"…\", …)").repeated(),
    Key::list("port_group", "port_group(key = \"…\", ports = [\"…\", …])").repeated(),
    Key::new("is_test_for", "is_test_for = [path::to::function, …]"),
    Key::new("logo", "logo = \"…\""),
    Key::new("crate", "crate = path::to::rekuest"),
];

/// The arguments of `#[register]`.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) interface: Option<LitStr>,
    pub(crate) name: Option<LitStr>,
    pub(crate) description: Option<LitStr>,
    pub(crate) collections: Vec<LitStr>,
    pub(crate) interfaces: Vec<LitStr>,
    pub(crate) stateful: bool,
    pub(crate) generator: Option<Asked>,
    /// How many invocations run at once.
    pub(crate) concurrency: Option<Expr>,
    /// The group of functions of which one runs at a time.
    pub(crate) group: Option<LitStr>,
    /// It stays out of the groups of what it takes.
    pub(crate) ungrouped: bool,
    /// The functions that it calls.
    pub(crate) dependencies: Vec<Dependency>,
    /// What is said about the returns, in their order.
    pub(crate) returns: Vec<SaidReturn>,
    pub(crate) port_groups: Vec<PortGroup>,
    pub(crate) is_test_for: Vec<Path>,
    pub(crate) logo: Option<LitStr>,
    /// Where generated code finds rekuest: the facade.
    pub(crate) facade: Path,
}

/// A function that it calls.
#[derive(Debug)]
pub(crate) struct Dependency {
    pub(crate) function: Path,
    /// It can do without.
    pub(crate) optional: bool,
}

/// `generator`: the function yields many times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// Where the items come from, if it is said.
    pub(crate) items: Option<Items>,
    pub(crate) span: Span,
}

/// `returns(…)`, read once the type of the return is known.
#[derive(Debug)]
pub(crate) struct SaidReturn {
    pub(crate) span: Span,
    pub(crate) tokens: TokenStream,
}

/// Ports that forms show together.
#[derive(Debug)]
pub(crate) struct PortGroup {
    pub(crate) key: LitStr,
    pub(crate) title: Option<LitStr>,
    pub(crate) description: Option<LitStr>,
    pub(crate) ports: Vec<LitStr>,
    pub(crate) effects: Vec<Effect>,
}

impl Options {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = Self::none(parse_quote!(::rekuest));
        for argument in arguments::parse(tokens, &REGISTER, errors) {
            options.read(argument, errors);
        }
        options
    }

    /// Nothing is said.
    pub(crate) fn none(facade: Path) -> Self {
        Self {
            interface: None,
            name: None,
            description: None,
            collections: Vec::new(),
            interfaces: Vec::new(),
            stateful: false,
            generator: None,
            concurrency: None,
            group: None,
            ungrouped: false,
            dependencies: Vec::new(),
            returns: Vec::new(),
            port_groups: Vec::new(),
            is_test_for: Vec::new(),
            logo: None,
            facade,
        }
    }

    fn read(&mut self, argument: Argument, errors: &mut Errors) {
        match argument.key.to_string().as_str() {
            "interface" => self.interface = argument.one_word("an interface", errors),
            "name" => self.name = argument.string(errors),
            "description" => self.description = argument.string(errors),
            "collections" => self.collections = argument.strings(errors),
            "interfaces" => self.interfaces = argument.strings(errors),
            "stateful" => self.stateful = argument.flag(errors),
            "generator" => self.generator = generator(argument, errors),
            "concurrency" => self.concurrency = concurrency(argument, errors),
            "group" => self.group = argument.one_word("a group", errors),
            "ungrouped" => self.ungrouped = argument.flag(errors),
            "dependencies" => self.dependencies = dependencies(argument, errors),
            "returns" => {
                if let (key, Value::List(tokens)) = argument.value() {
                    if tokens.stream().is_empty() {
                        errors.on(&key, "this `returns(…)` says nothing: `returns(label = \"…\", …)`");
                    }
                    self.returns.push(SaidReturn { span: key.span(), tokens: tokens.stream() });
                }
            }
            "port_group" => {
                let group = port_group(argument, errors);
                if let Some(group) = &group
                    && self.port_groups.iter().any(|earlier| earlier.key == group.key)
                {
                    errors.on(&group.key, format!("there is a group `{}` already", group.key.value()));
                }
                self.port_groups.extend(group);
            }
            "is_test_for" => self.is_test_for = argument.paths("registered functions", errors),
            "logo" => self.logo = argument.string(errors),
            // The one key that is left.
            _ => {
                if let Some(path) = argument.path(errors) {
                    self.facade = path;
                }
            }
        }
    }
}

/// `dependencies = [other, optional(another)]`.
fn dependencies(argument: Argument, errors: &mut Errors) -> Vec<Dependency> {
    let message = "`dependencies` takes a list of functions that have `#[declare]` or `#[register]`: \
                   `dependencies = [other, optional(another)]`";
    let dependency = |element: Expr, errors: &mut Errors| {
        let (element, optional) = match element {
            Expr::Call(call) if is_optional(&call.func) && call.args.len() == 1 => {
                (call.args.into_iter().next()?, true)
            }
            other => (other, false),
        };
        plain_path(element, message, errors).map(|function| Dependency { function, optional })
    };
    let elements = argument.elements(message, errors);
    elements.into_iter().filter_map(|element| dependency(element, errors)).collect()
}

fn is_optional(function: &Expr) -> bool {
    matches!(function, Expr::Path(path) if path.path.is_ident("optional"))
}

/// `concurrency = 3`, or a constant, at which the compiler looks.
fn concurrency(argument: Argument, errors: &mut Errors) -> Option<Expr> {
    let value = argument.expression(errors)?;
    let given = number(&value).map(|number| number.value);
    match given {
        Some(NumberValue::Int(0)) => {
            errors.on(&value, "`concurrency` is 0, with which no invocation would ever run; it is 1 or more");
            None
        }
        Some(NumberValue::Int(1..)) => Some(value),
        None if literal(&value).is_none() => Some(value),
        _ => {
            errors.on(&value, "`concurrency` takes a whole number, 1 or more, or a constant `usize`");
            None
        }
    }
}

/// `generator`, `generator = stream` or `generator = iterator`.
fn generator(argument: Argument, errors: &mut Errors) -> Option<Asked> {
    let (key, value) = argument.value();
    let span = key.span();
    let Value::Expression(value) = value else { return Some(Asked { items: None, span }) };
    let items = match &value {
        syn::Expr::Path(path) if path.path.is_ident("stream") => Items::Stream,
        syn::Expr::Path(path) if path.path.is_ident("iterator") => Items::Iterator,
        _ => {
            errors.on(value, "`generator` takes no value, or `stream` or `iterator`");
            return None;
        }
    };
    Some(Asked { items: Some(items), span })
}

/// `port_group(key = "…", title = "…", description = "…", ports = ["…"], effect(…))`.
fn port_group(argument: Argument, errors: &mut Errors) -> Option<PortGroup> {
    const KEYS: [Key; 5] = [
        Key::new("key", "key = \"…\""),
        Key::new("title", "title = \"…\""),
        Key::new("description", "description = \"…\""),
        Key::new("ports", "ports = [\"…\", …]"),
        Key::either("effect", "effect(hide, function = \"(x) => …\")"),
    ];
    let (name, Value::List(tokens)) = argument.value() else { return None };
    let (mut key, mut title, mut description) = (None, None, None);
    let (mut ports, mut effects) = (Vec::new(), Vec::new());
    let mut said = [false; 2];
    for argument in arguments::parse(tokens.stream(), &KEYS, errors) {
        match argument.key.to_string().as_str() {
            "key" => {
                said[0] = true;
                key = argument.string(errors);
            }
            "title" => title = argument.string(errors),
            "description" => description = argument.string(errors),
            "ports" => {
                said[1] = true;
                ports = argument.strings(errors);
            }
            _ => effects.extend(port::effect(argument, errors)),
        }
    }
    if said != [true; 2] {
        errors
            .on(&name, "a group needs its key and its ports: `port_group(key = \"…\", ports = [\"…\", …])`");
    }
    for (index, port) in ports.iter().enumerate() {
        if ports[..index].iter().any(|earlier: &LitStr| earlier.value() == port.value()) {
            errors.on(port, format!("`{}` is in this group already", port.value()));
        }
    }
    Some(PortGroup { key: key?, title, description, ports, effects })
}

impl SaidReturn {
    /// Reads it for a return of this type.
    pub(crate) fn read(self, ty: Option<&syn::Type>, errors: &mut Errors) -> PortOptions {
        PortOptions::parse(self.tokens, port::Place::Return, ty, errors)
    }
}
