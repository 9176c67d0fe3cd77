//! What the agent injects: parameters that are no ports and that no caller sends.
//!
//! They are known by the names of their types, because a macro sees nothing else of them. That a name says the truth is
//! checked by what is expanded, when the types are known.

use syn::Type;

use crate::types;

/// The names of the types that are injected.
const NAMES: [&str; 1] = ["Task"];

/// The name of the injected type that `ty` is written as, by whatever path.
pub(crate) fn injected(ty: &Type) -> Option<&'static str> {
    NAMES.into_iter().find(|name| types::is_one_of(ty, &[name]))
}

/// What the compiler says where a type of this name has a port.
pub(crate) fn with_port(name: &str) -> String {
    format!(
        "a parameter whose type is called `{name}` is taken for rekuest's, which is no port, and this type has one; import \
         it under another name: `use path::to::{name} as Other;`"
    )
}
