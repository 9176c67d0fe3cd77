//! The attribute of a derive macro: `#[model(…)]` on the type, and where it should not be.

use syn::{Attribute, Data};

use super::Derive;
use crate::arguments::{self, Argument, Key};
use crate::errors::Errors;
use crate::port::is_named;

/// Reads the attribute of the type.
pub(super) fn read<D: Derive>(attributes: &[Attribute], errors: &mut Errors) -> Vec<Argument> {
    read_named(attributes, D::ATTRIBUTE, D::KEYS, errors)
}

/// Reads the attribute called `name`, which may be left out and stands once.
pub(super) fn read_named(
    attributes: &[Attribute],
    name: &str,
    keys: &[Key],
    errors: &mut Errors,
) -> Vec<Argument> {
    let mut named = attributes.iter().filter(|attribute| is_named(attribute, name));
    let Some(attribute) = named.next() else { return Vec::new() };
    for again in named {
        errors.on(again, format!("there is a `#[{name}]` here already; put everything into one of them"));
    }
    let Some(tokens) = arguments::of_attribute(attribute, &format!("#[{name}(…)]"), errors) else {
        return Vec::new();
    };
    if tokens.is_empty() {
        let keys: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
        errors.on(attribute, format!("this `#[{name}]` says nothing; it takes {}", keys.join(", ")));
    }
    arguments::parse(tokens, keys, errors)
}

/// Reports attributes called `name`, which belong elsewhere.
pub(super) fn refuse(attributes: &[Attribute], name: &str, message: &str, errors: &mut Errors) {
    for attribute in attributes.iter().filter(|attribute| is_named(attribute, name)) {
        errors.on(attribute, message);
    }
}

/// Reports attributes called `name` on the fields and variants of a type, where they belong to the type as a whole.
pub(super) fn refuse_inside(data: &Data, name: &str, message: &str, errors: &mut Errors) {
    let parts: Vec<&Vec<Attribute>> = match data {
        Data::Struct(data) => data.fields.iter().map(|field| &field.attrs).collect(),
        Data::Enum(data) => data.variants.iter().map(|variant| &variant.attrs).collect(),
        Data::Union(data) => data.fields.named.iter().map(|field| &field.attrs).collect(),
    };
    parts.into_iter().for_each(|attributes| refuse(attributes, name, message, errors));
}
