//! [`Port`], the constant form.

use std::panic::catch_unwind;

use serde::ser::{Error as _, SerializeStruct as _};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::{Annotations, ChoiceEntry, Descriptor, Effect, PortKind, Validator};
use crate::definition::ArgumentParts;
use crate::invocation::Failure;
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
    identifier: Option<&'static str>,
    nullable: bool,
    default: Option<DefaultFn>,
    children: Option<&'static [Port]>,
    choices: Option<&'static [ChoiceEntry]>,
    /// What the type says about itself, and what is said where it is used.
    annotations: [Option<&'static Annotations>; 2],
}

impl Port {
    /// Whether one of these, or of their children, is a MEMORY_STRUCTURE.
    pub(crate) const fn keep_memory(ports: &[Self]) -> bool {
        let mut index = 0;
        while index < ports.len() {
            let keeps = match ports[index].children {
                Some(children) => Self::keep_memory(children),
                None => matches!(ports[index].kind, PortKind::MemoryStructure),
            };
            if keeps {
                return true;
            }
            index += 1;
        }
        false
    }

    /// A port of this kind, without a key.
    pub const fn new(kind: PortKind) -> Self {
        Self {
            key: "",
            label: None,
            kind,
            description: None,
            identifier: None,
            nullable: false,
            default: None,
            children: None,
            choices: None,
            annotations: [None; 2],
        }
    }

    /// The port of a LIST with this item.
    pub const fn list(item: &'static [Port; 1]) -> Self {
        Self { children: Some(item), ..Self::new(PortKind::List) }
    }

    /// The port of a DICT with this item.
    pub const fn dict(item: &'static [Port; 1]) -> Self {
        Self { children: Some(item), ..Self::new(PortKind::Dict) }
    }

    /// The port of an ENUM. Fails to compile for an identifier that is empty or contains whitespace.
    #[track_caller]
    pub const fn choice(identifier: &'static str, choices: &'static [ChoiceEntry]) -> Self {
        Self { choices: Some(choices), ..Self::identified(PortKind::Enum, identifier) }
    }

    /// The port of a MODEL with these fields. Fails to compile for an identifier that is empty or contains whitespace.
    #[track_caller]
    pub const fn model(identifier: &'static str, fields: &'static [Port]) -> Self {
        Self { children: Some(fields), ..Self::identified(PortKind::Model, identifier) }
    }

    /// The port of a UNION of these variants, keyed `0`, `1`, …. Fails to compile where a variant takes null: then null
    /// on the wire could mean the variant or the union.
    #[track_caller]
    pub const fn union(variants: &'static [Port]) -> Self {
        let mut index = 0;
        while index < variants.len() {
            assert!(
                !variants[index].nullable,
                "a variant of a union cannot hold an `Option`: null on the wire has no variant; \
                 use an `Option` of the union"
            );
            index += 1;
        }
        Self { children: Some(variants), ..Self::new(PortKind::Union) }
    }

    /// The port of a STRUCTURE. Fails to compile for an identifier that is not of the form `@package/key`.
    #[track_caller]
    pub const fn structure(identifier: &'static str) -> Self {
        let bytes = identifier.as_bytes();
        let mut slashes = 0;
        let mut index = 0;
        while index < bytes.len() {
            if bytes[index] == b'/' {
                assert!(
                    index > 1 && index + 1 < bytes.len(),
                    "the identifier of a structure has the form `@package/key`"
                );
                slashes += 1;
            }
            index += 1;
        }
        assert!(
            slashes == 1 && bytes[0] == b'@',
            "the identifier of a structure has the form `@package/key`"
        );
        Self::identified(PortKind::Structure, identifier)
    }

    /// The port of a MEMORY_STRUCTURE. Fails to compile for an identifier that is empty or contains whitespace.
    #[track_caller]
    pub const fn memory_structure(identifier: &'static str) -> Self {
        Self::identified(PortKind::MemoryStructure, identifier)
    }

    #[track_caller]
    const fn identified(kind: PortKind, identifier: &'static str) -> Self {
        let bytes = identifier.as_bytes();
        assert!(!bytes.is_empty(), "an identifier cannot be empty");
        let mut index = 0;
        while index < bytes.len() {
            assert!(!bytes[index].is_ascii_whitespace(), "an identifier cannot contain whitespace");
            index += 1;
        }
        Self { identifier: Some(identifier), ..Self::new(kind) }
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

    /// The same port with all that is said about an argument. A default makes it nullable: who sends null gets the default
    /// (protocol, section 2).
    pub(crate) const fn of_argument(self, parts: ArgumentParts) -> Self {
        Self {
            key: parts.key,
            label: parts.label,
            // The type of the argument may have a description of its own.
            description: match parts.description {
                Some(description) => Some(description),
                None => self.description,
            },
            nullable: self.nullable || parts.default.is_some(),
            default: parts.default,
            ..self
        }
    }

    /// The same port of a model's field with a default, which does not become nullable (protocol, section 2).
    #[must_use]
    pub const fn with_field_default(self, default: DefaultFn) -> Self {
        Self { default: Some(default), ..self }
    }

    /// The same port with what is said about it. Once by a type of its own, in its [`PORT`](crate::PortType::PORT), and
    /// once where the type is used.
    ///
    /// Fails to compile where what is said makes no sense for the port, such as a bound for text.
    #[must_use]
    #[track_caller]
    pub const fn annotated(self, annotations: &'static Annotations) -> Self {
        self.assert_fits(annotations);
        let annotations = match self.annotations {
            [None, _] => [Some(annotations), None],
            [own, None] => [own, Some(annotations)],
            _ => panic!("this port is annotated twice already"),
        };
        Self { annotations, ..self }
    }

    #[track_caller]
    const fn assert_fits(&self, annotations: &Annotations) {
        annotations.assert_fit(self.kind);
        if let Some(item) = annotations.item {
            match (self.kind, self.children) {
                (PortKind::List | PortKind::Dict, Some(children)) => children[0].assert_fits(item),
                _ => panic!("`item(…)` is about the items of a LIST or DICT, and this port is neither"),
            }
        }
    }

    /// The key: the name of an argument, `return0`, … of a return.
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// The kind.
    pub const fn kind(&self) -> PortKind {
        self.kind
    }

    /// The identifier of a STRUCTURE, MEMORY_STRUCTURE, ENUM or MODEL.
    pub const fn identifier(&self) -> Option<&'static str> {
        self.identifier
    }

    /// Whether null is taken.
    pub const fn is_nullable(&self) -> bool {
        self.nullable
    }

    /// What is said about it: first the parts that the type says, last those of the outermost use.
    fn layers(&self) -> impl Iterator<Item = &'static Annotations> {
        self.annotations.iter().flatten().copied()
    }
}

/// Writes every field of the protocol, nulls included: only then do the server's hash and ours agree (protocol,
/// section 2).
impl Serialize for Port {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Annotated { port: self, layers: self.layers().collect() }.serialize(serializer)
    }
}

/// A port with everything that is said about it, also by the list or mapping that it is the item of.
struct Annotated<'p> {
    port: &'p Port,
    layers: Vec<&'static Annotations>,
}

impl Annotated<'_> {
    /// The last that is said.
    fn last<T>(&self, said: impl Fn(&'static Annotations) -> Option<T>) -> Option<T> {
        self.layers.iter().rev().find_map(|layer| said(layer))
    }

    /// All that is said.
    fn all<T: Copy + 'static>(&self, said: impl Fn(&'static Annotations) -> &'static [T]) -> Vec<T> {
        self.layers.iter().flat_map(|layer| said(layer)).copied().collect()
    }

    fn children(&self) -> Option<Vec<Self>> {
        let items = || self.layers.iter().filter_map(|layer| layer.item);
        let child = |port| Self { port, layers: Port::layers(port).chain(items()).collect() };
        self.port.children.map(|children| children.iter().map(child).collect())
    }

    /// The default, if it fits what is said.
    fn default(&self) -> Result<Option<Box<RawValue>>, ValueError> {
        let Some(default) = self.port.default else { return Ok(None) };
        let value = catch_unwind(default)
            .unwrap_or_else(|payload| Err(ValueError::invalid(Failure::panicked(&*payload).to_string())))?;
        if value.get() == "null" {
            return Ok(None);
        }
        for layer in &self.layers {
            layer.enforce(&value)?;
        }
        Ok(Some(value))
    }
}

impl Serialize for Annotated<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Port { key, label, kind, description, identifier, nullable, choices, .. } = self.port;
        let default = self
            .default()
            .map_err(|error| S::Error::custom(format_args!("the default of {}", error.at_key(*key))))?;
        let effects: Vec<Effect> = self.all(|layer| layer.effects);
        let validators: Vec<Validator> = self.all(|layer| layer.validators);
        let descriptors: Vec<Descriptor> = self.all(|layer| layer.descriptors);
        let mut port = serializer.serialize_struct("Port", 14)?;
        port.serialize_field("key", key)?;
        port.serialize_field("label", &self.last(|layer| layer.label).or(*label))?;
        port.serialize_field("kind", kind)?;
        port.serialize_field("description", &self.last(|layer| layer.description).or(*description))?;
        port.serialize_field("identifier", identifier)?;
        port.serialize_field("nullable", nullable)?;
        port.serialize_field("effects", &effects)?;
        port.serialize_field("default", &default)?;
        port.serialize_field("children", &self.children())?;
        port.serialize_field("choices", choices)?;
        port.serialize_field("assignWidget", &self.last(|layer| layer.widget))?;
        port.serialize_field("returnWidget", &self.last(|layer| layer.return_widget))?;
        port.serialize_field("validators", &validators)?;
        port.serialize_field("descriptors", &(!descriptors.is_empty()).then_some(descriptors))?;
        port.end()
    }
}
