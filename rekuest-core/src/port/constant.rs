//! [`Port`], the constant form.

use serde::ser::{Error as _, SerializeStruct as _};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::PortKind;
use crate::value::ValueError;

/// Makes the JSON of a port's default. A function, because a default may be any expression of the parameter's type.
pub type DefaultFn = fn() -> Result<Box<RawValue>, ValueError>;

/// A port as a constant.
///
/// ```
/// use rekuest_core::{Port, PortKind, PortType};
///
/// const COUNTS: Port = Vec::<i64>::PORT.keyed("counts").described("one count a well");
/// assert_eq!(COUNTS.kind(), PortKind::List);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Port {
    key: &'static str,
    label: Option<&'static str>,
    kind: PortKind,
    description: Option<&'static str>,
    nullable: bool,
    default: Option<DefaultFn>,
    children: Option<&'static [Port]>,
}

impl Port {
    /// A port of this kind, without a key.
    pub const fn new(kind: PortKind) -> Self {
        Self { key: "", label: None, kind, description: None, nullable: false, default: None, children: None }
    }

    /// The same port under `key`.
    #[must_use]
    pub const fn keyed(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    /// The same port with the label that forms show.
    #[must_use]
    pub const fn labelled(self, label: &'static str) -> Self {
        Self { label: Some(label), ..self }
    }

    /// The same port with a description.
    #[must_use]
    pub const fn described(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    /// The same port, also taking null.
    #[must_use]
    pub const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// The same port with a default. It becomes nullable: who sends null gets the default (protocol, section 2).
    #[must_use]
    pub const fn with_default(self, default: DefaultFn) -> Self {
        Self { default: Some(default), nullable: true, ..self }
    }

    /// The same port with children: the item of a LIST or DICT.
    #[must_use]
    pub const fn with_children(self, children: &'static [Port]) -> Self {
        Self { children: Some(children), ..self }
    }

    /// The key: the name of an argument, `return0`, … of a return.
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// The kind.
    pub const fn kind(&self) -> PortKind {
        self.kind
    }

    /// Whether null is taken.
    pub const fn is_nullable(&self) -> bool {
        self.nullable
    }
}

/// Writes every field of the protocol, nulls included: only then do the server's hash and ours agree (protocol,
/// section 2).
impl Serialize for Port {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let default = match self.default {
            Some(default) => Some(default().map_err(|error| S::Error::custom(error.at_key(self.key)))?),
            None => None,
        };
        let nothing: [(); 0] = [];
        let mut port = serializer.serialize_struct("Port", 14)?;
        port.serialize_field("key", self.key)?;
        port.serialize_field("label", &self.label)?;
        port.serialize_field("kind", &self.kind)?;
        port.serialize_field("description", &self.description)?;
        port.serialize_field("identifier", &None::<()>)?;
        port.serialize_field("nullable", &self.nullable)?;
        port.serialize_field("effects", &nothing)?;
        port.serialize_field("default", &default)?;
        port.serialize_field("children", &self.children)?;
        port.serialize_field("choices", &None::<()>)?;
        port.serialize_field("assignWidget", &None::<()>)?;
        port.serialize_field("returnWidget", &None::<()>)?;
        port.serialize_field("validators", &nothing)?;
        port.serialize_field("descriptors", &None::<()>)?;
        port.end()
    }
}
