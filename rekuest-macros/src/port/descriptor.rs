//! Descriptors: facts about a port, `descriptors(unit = "mm", "pixel size" = 0.5)`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{LitStr, Token};

use super::choice::Scalar;
use crate::arguments::{self, Argument, Value};
use crate::errors::Errors;

/// A fact about a port.
#[derive(Debug)]
pub(crate) struct Descriptor {
    key: String,
    value: Scalar,
}

/// `descriptors(unit = "mm", "pixel size" = 0.5)`.
pub(super) fn parse(argument: Argument, errors: &mut Errors) -> Vec<Descriptor> {
    let (key, Value::List(tokens)) = argument.value() else { return Vec::new() };
    let parser = |input: ParseStream<'_>| {
        Punctuated::<(LitStr, Scalar), Token![,]>::parse_terminated_with(input, |input| {
            let key = if input.peek(LitStr) {
                input.parse()?
            } else {
                let key = input.call(Ident::parse_any)?;
                LitStr::new(&key.unraw().to_string(), key.span())
            };
            input.parse::<Token![=]>()?;
            Ok((key, input.parse()?))
        })
    };
    let written = match arguments::inside(&tokens, parser) {
        Ok(written) => written,
        Err(error) => {
            errors.push(error);
            return Vec::new();
        }
    };
    if written.is_empty() {
        errors.on(key, "there are no descriptors in it: `descriptors(unit = \"mm\")`");
    }
    let mut descriptors: Vec<Descriptor> = Vec::new();
    for (key, value) in written {
        if descriptors.iter().any(|earlier| earlier.key == key.value()) {
            errors.on(&key, format!("`{}` is described twice; keep one of them", key.value()));
        }
        descriptors.push(Descriptor { key: key.value(), value });
    }
    descriptors
}

impl Descriptor {
    pub(super) fn expand(&self, core: &TokenStream) -> TokenStream {
        let Self { key, value } = self;
        let value = value.expand(core);
        quote!(#core::port::Descriptor::new(#key, #value))
    }
}
