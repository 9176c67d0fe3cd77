//! The derive macros: each reads a type once, checks it, and expands what it understood.
//!
//! [`attribute`] reads the attributes, [`item`] says what a type is and what it should have been, [`implementation`]
//! holds what several of them write. Each macro has a file of its own.

mod attribute;
mod choice;
mod context;
mod fields;
#[cfg(test)]
pub(crate) mod golden;
mod implementation;
mod item;
mod member;
mod memorable;
mod model;
mod rename;
mod state;
mod structure;
mod union;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_quote};

use crate::arguments::{Argument, Key};
use crate::errors::{Errors, to_compile_errors};
use item::Target;

pub(crate) use choice::Choice;
pub(crate) use context::Context;
pub(crate) use memorable::Memorable;
pub(crate) use model::Model;
pub(crate) use state::State;
pub(crate) use structure::Structure;
pub(crate) use union::Union;

/// What `crate = …` looks like.
const CRATE: Key = Key::new("crate", "crate = path::to::rekuest");

/// One derive macro: what it understood of a type.
pub(crate) trait Derive: Sized {
    /// What it is called: `derive(NAME)`.
    const NAME: &'static str;
    /// The attribute that belongs to it.
    const ATTRIBUTE: &'static str;
    /// What that attribute takes on the type.
    const KEYS: &'static [Key];
    /// Such a type, in messages: "a model".
    const NOUN: &'static str;
    /// Whether the type may have parameters.
    const MAY_BE_GENERIC: bool = false;

    /// Reads the type. What is wrong is reported; none where nothing can be made of it.
    fn read(input: DeriveInput, arguments: Vec<Argument>, errors: &mut Errors) -> Option<Self>;

    /// The implementations.
    fn expand(&self, target: &Target) -> TokenStream;

    /// What stands in for the implementations of a type with mistakes, so that who uses it is not told of them again.
    fn stand_in(target: &Target) -> TokenStream;
}

/// The implementations; or stand-ins for them, and all that is wrong with the type.
pub(crate) fn derive<D: Derive>(input: TokenStream) -> TokenStream {
    let mut input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::new();
    let mut arguments = attribute::read::<D>(&input.attrs, &mut errors);
    item::check_generics::<D>(&input.generics, &mut errors);
    let facade = arguments.extract_if(.., |argument| argument.key == "crate").last();
    let facade =
        facade.and_then(|facade| facade.path(&mut errors)).unwrap_or_else(|| parse_quote!(::rekuest));
    let target = Target {
        core: quote!(#facade::__core),
        ident: input.ident.clone(),
        generics: std::mem::take(&mut input.generics),
    };
    let derived = D::read(input, arguments, &mut errors);
    let found = errors.into_found();
    match derived {
        Some(derived) if found.is_empty() => derived.expand(&target),
        _ => {
            let mistakes = to_compile_errors(&found);
            let stand_in = D::stand_in(&target);
            quote!(#mistakes #stand_in)
        }
    }
}
