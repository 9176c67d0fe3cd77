//! What the agent injects: parameters that are no ports and that no caller sends.
//!
//! They are known by the names of their types, because a macro sees nothing else of them. That a name says the truth is
//! checked by what is expanded, when the types are known.

use syn::Type;

use crate::types;

/// The types that are injected for what they hold: `Ctx<T>`. Without exactly one type in them they are other types.
const HOLDERS: [&str; 3] = ["Ctx", "State", "ReadOnly"];

/// The name of the injected type that `ty` is written as, by whatever path.
pub(crate) fn injected(ty: &Type) -> Option<&'static str> {
    if types::is_one_of(ty, &["Task"]) {
        return Some("Task");
    }
    HOLDERS.into_iter().find(|name| held(ty, name).is_some())
}

/// What a `name<T>` holds.
fn held<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    match types::arguments_of(ty, name)?.as_slice() {
        [held] => Some(held),
        _ => None,
    }
}

/// Whether `ty` is written as something of the app, and not of the assignation.
pub(crate) fn is_of_the_app(ty: &Type) -> bool {
    injected(ty).is_some_and(|name| name != "Task")
}

/// Whether `ty` is written as a state, to be changed or only to be looked at.
pub(crate) fn is_state(ty: &Type) -> bool {
    held(ty, "State").is_some() || held(ty, "ReadOnly").is_some_and(is_state)
}

/// What the compiler says where a type of this name has a port.
pub(crate) fn with_port(name: &str) -> String {
    format!(
        "a parameter whose type is called `{name}` is taken for rekuest's, which is no port, and this type has one; import \
         it under another name: `use path::to::{name} as Other;`"
    )
}
