//! `#[port(…)]`: what is said about a port beside its type. The same for arguments, fields, variants, returns and items.
//!
//! [`options`] reads it, [`widget`], [`validator`], [`effect`] and [`search`] read its parts, [`fit`] checks what can be
//! checked without the compiler, and [`expansion`] writes it down as a constant.

/// The one in the core, which asserts with it in constants what is said here on tokens.
#[path = "../../../rekuest-core/src/port/arrow.rs"]
mod arrow;
mod choice;
mod descriptor;
mod effect;
mod expansion;
mod fit;
mod options;
mod search;
mod validator;
mod widget;

pub(crate) use effect::{Effect, effect};
pub(crate) use options::{Place, PortOptions, is_named};
pub(crate) use search::search;

use syn::LitStr;

use crate::arguments;
use crate::errors::Errors;

/// Reports the `dependencies` that are none of `keys`.
pub(crate) fn check_dependencies<'d>(
    dependencies: impl IntoIterator<Item = &'d LitStr>,
    keys: &[String],
    errors: &mut Errors,
) {
    for dependency in dependencies {
        if !keys.contains(&dependency.value()) {
            errors.on(dependency, format!("there is no port `{}`; {}", dependency.value(), listed(keys)));
        }
    }
}

/// The keys there are, for messages.
pub(crate) fn listed(keys: &[String]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    match quoted.as_slice() {
        [] => "there are none to choose from".to_owned(),
        _ => format!("expected one of: {}", quoted.join(", ")),
    }
}

/// Reports a vocabulary word that is not known.
fn unknown_word(word: &proc_macro2::Ident, what: &str, known: &[&str], errors: &mut Errors) {
    let listed: Vec<String> = known.iter().map(|known| format!("`{known}(…)`")).collect();
    let meant = arguments::closest(&word.to_string(), known.iter().copied())
        .map(|meant| format!("; did you mean `{meant}`?"))
        .unwrap_or_default();
    errors.on(word, format!("unknown {what} `{word}`, expected one of: {}{meant}", listed.join(", ")));
}
