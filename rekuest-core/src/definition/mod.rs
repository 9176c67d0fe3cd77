//! Definitions: the documented signature of a function, which the server calls an Action.
//!
//! Like ports they have two forms: [`Definition`] is a constant that writes its JSON, [`DefinitionBuf`] is read from
//! it and has the hash.

mod argument;
mod constant;
mod hash;
mod owned;
mod python;

use std::fmt;

use serde::{Deserialize, Serialize};

/// The description of a function that nobody described (protocol, section 2).
pub const NO_DESCRIPTION: &str = "No Description";

pub use argument::{ArgumentParts, argument, injected};
pub use constant::{Definition, DefinitionParts};
pub use owned::DefinitionBuf;
pub(crate) use python::python_float;

/// Whether a call yields once or many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum ActionKind {
    /// One YIELD, then DONE.
    Function,
    /// One YIELD an item, then DONE.
    Generator,
}

/// `function` or `generator`, for people; the wire's words are those of serde.
impl fmt::Display for ActionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Function => "function",
            Self::Generator => "generator",
        })
    }
}
