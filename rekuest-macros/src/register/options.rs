//! What `#[register(…)]` and `#[port(…)]` can be given.

use proc_macro2::TokenStream;
use syn::{LitStr, Path, parse_quote};

use crate::arguments::{self, Argument, Key};
use crate::errors::Errors;

/// What `#[register(…)]` takes.
const REGISTER: [Key; 8] = [
    Key::new("interface", "interface = \"…\""),
    Key::new("name", "name = \"…\""),
    Key::new("description", "description = \"…\""),
    Key::new("collections", "collections = [\"…\", …]"),
    Key::new("stateful", "stateful = true"),
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
    pub(crate) stateful: bool,
    pub(crate) is_test_for: Vec<Path>,
    pub(crate) logo: Option<LitStr>,
    /// Where generated code finds rekuest: the facade.
    pub(crate) facade: Path,
}

impl Options {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = Self {
            interface: None,
            name: None,
            description: None,
            collections: Vec::new(),
            stateful: false,
            is_test_for: Vec::new(),
            logo: None,
            facade: parse_quote!(::rekuest),
        };
        for argument in arguments::parse(tokens, &REGISTER, errors) {
            match argument.key.to_string().as_str() {
                "interface" => options.interface = interface(argument, errors),
                "name" => options.name = argument.string(errors),
                "description" => options.description = argument.string(errors),
                "collections" => options.collections = argument.strings(errors),
                "stateful" => options.stateful = argument.flag(errors),
                "is_test_for" => options.is_test_for = argument.paths(errors),
                "logo" => options.logo = argument.string(errors),
                // The one key that is left.
                _ => {
                    if let Some(path) = argument.path(errors) {
                        options.facade = path;
                    }
                }
            }
        }
        options
    }
}

/// An interface is a name, used in urls and on command lines.
fn interface(argument: Argument, errors: &mut Errors) -> Option<LitStr> {
    let interface = argument.string(errors)?;
    if interface.value().contains(char::is_whitespace) {
        errors.on(&interface, "an interface is one word: it cannot contain whitespace");
        return None;
    }
    Some(interface)
}
