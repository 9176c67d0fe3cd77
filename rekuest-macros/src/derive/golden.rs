//! What the derive macros make of a source, for the golden files; see `register/golden.rs`.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::Item;

use super::{Choice, Context, Memorable, Model, State, Structure, Union, derive};

/// The type and what its `derive` attributes expand to; derives of others stay.
pub(crate) fn expanded(item: Item) -> TokenStream {
    let attributes = match &item {
        Item::Struct(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        _ => return item.into_token_stream(),
    };
    let mut derived = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let collected = attribute.parse_nested_meta(|derive| {
            derived.extend(derive.path.get_ident().map(ToString::to_string));
            Ok(())
        });
        collected.expect("a list of derives");
    }
    let tokens = item.into_token_stream();
    let expanded = derived.iter().map(|name| match name.as_str() {
        "Choice" => derive::<Choice>(tokens.clone()),
        "Context" => derive::<Context>(tokens.clone()),
        "Model" => derive::<Model>(tokens.clone()),
        "Union" => derive::<Union>(tokens.clone()),
        "State" => derive::<State>(tokens.clone()),
        "Structure" => derive::<Structure>(tokens.clone()),
        "Memorable" => derive::<Memorable>(tokens.clone()),
        _ => TokenStream::new(),
    });
    quote!(#tokens #(#expanded)*)
}
