//! Ports: the arguments and returns of a function, documented and typed.
//!
//! Ports have two forms, like `Path` and `PathBuf`. [`Port`] is a constant: `Copy`, built by const functions over
//! `&'static` data, and all it can do is write its JSON. [`PortBuf`] is read from that JSON, and everything that looks
//! into ports (hashing, validation, matching, the server, the command line) works on it.

mod annotations;
mod arrow;
mod constant;
mod effect;
mod owned;
mod validator;
mod widget;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use annotations::Annotations;
pub(crate) use annotations::equal;
pub use constant::{DefaultFn, Port};
pub use effect::{Descriptor, Effect, PortGroup};
pub use owned::{
    AssignWidgetBuf, ChoiceBuf, DescriptorBuf, EffectBuf, Json, PortBuf, PortGroupBuf, ReturnWidgetBuf,
    ValidatorBuf,
};
pub use validator::{Number, Rule, Validator};
pub use widget::{AssignWidget, ChoiceEntry, ReturnWidget, Scalar};

/// The kind of a port, named as on the wire (protocol, section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum PortKind {
    /// A whole number.
    Int,
    /// Text.
    String,
    /// True or false.
    Bool,
    /// A number with a fraction or exponent.
    Float,
    /// A point in time.
    Date,
    /// A list of its one child.
    List,
    /// A mapping from strings to its one child.
    Dict,
    /// One of its children, told apart by the child's index.
    Union,
    /// One of its choices.
    Enum,
    /// An object with its children as fields.
    Model,
    /// A thing that lives elsewhere, by its id.
    Structure,
    /// A thing that stays in the memory of an agent, by its drawer's id.
    MemoryStructure,
    /// Any structure that implements an interface. Known to the schema, not sent by 0.22 clients.
    Interface,
}

impl PortKind {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Int => "INT",
            Self::String => "STRING",
            Self::Bool => "BOOL",
            Self::Float => "FLOAT",
            Self::Date => "DATE",
            Self::List => "LIST",
            Self::Dict => "DICT",
            Self::Union => "UNION",
            Self::Enum => "ENUM",
            Self::Model => "MODEL",
            Self::Structure => "STRUCTURE",
            Self::MemoryStructure => "MEMORY_STRUCTURE",
            Self::Interface => "INTERFACE",
        }
    }
}

impl fmt::Display for PortKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
