//! The type that a macro stands on: what it is, and what it should have been.

use proc_macro2::{Ident, Span, TokenStream};
use syn::spanned::Spanned as _;
use syn::{Data, Fields, Generics};

use super::Derive;
use crate::arguments::Argument;
use crate::errors::Errors;

/// Where the implementations go.
#[derive(Debug)]
pub(crate) struct Target {
    /// Where the vocabulary is found.
    pub(super) core: TokenStream,
    pub(super) ident: Ident,
    /// None but for a type that is refused.
    pub(super) generics: Generics,
}

/// Reports type parameters: a port is a constant. And lifetimes, also where there may be type parameters.
pub(super) fn check_generics<D: Derive>(generics: &Generics, errors: &mut Errors) {
    if D::MAY_BE_GENERIC && generics.lifetimes().count() == 0 {
        return;
    }
    let all = generics.params.len();
    if generics.lifetimes().count() == all && all > 0 || D::MAY_BE_GENERIC {
        errors.on(
            &generics.params,
            format!(
                "{} owns what it holds, so it cannot have a lifetime; use types that own their values",
                D::NOUN
            ),
        );
    } else if !generics.params.is_empty() {
        errors.on(
            &generics.params,
            format!(
                "{} cannot be generic: its port has to be known when it is compiled; name the types",
                D::NOUN
            ),
        );
    } else if let Some(clause) = &generics.where_clause {
        errors
            .on(clause, format!("{} cannot have a `where` clause: there is nothing generic in it", D::NOUN));
    }
}

/// What a type is, for messages, and the keyword that says so.
pub(super) fn kind(data: &Data) -> (&'static str, Span) {
    match data {
        Data::Struct(data) => {
            let kind = match &data.fields {
                Fields::Named(_) => "a struct",
                Fields::Unnamed(_) => "a tuple struct",
                Fields::Unit => "a unit struct",
            };
            (kind, data.struct_token.span)
        }
        Data::Enum(data) => ("an enum", data.enum_token.span),
        Data::Union(data) => ("an untagged `union`", data.union_token.span()),
    }
}

/// An identifier as it was given: one word.
pub(super) fn identifier(argument: Argument, errors: &mut Errors) -> Option<String> {
    let identifier = argument.string(errors)?;
    if identifier.value().contains(char::is_whitespace) {
        errors.on(&identifier, "an identifier is one word: it cannot contain whitespace");
        return None;
    }
    Some(identifier.value())
}
