//! `derive(Memorable)`: values of a type can stay in the memory of an agent, as MEMORY_STRUCTUREs.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Path};

use super::item::{self, Target};
use super::{CRATE, Derive, attribute, implementation};
use crate::arguments::{Argument, Key};
use crate::errors::Errors;

/// A type that gets drawers.
#[derive(Debug)]
pub(crate) struct Memorable {
    identifier: Option<String>,
    label: Option<Path>,
    description: Option<Path>,
    size: Option<Path>,
}

impl Derive for Memorable {
    const NAME: &'static str = "Memorable";
    const ATTRIBUTE: &'static str = "memorable";
    const KEYS: &'static [Key] = &[
        Key::new("identifier", "identifier = \"…\""),
        Key::new("label", "label = path::to::function"),
        Key::new("description", "description = path::to::function"),
        Key::new("size", "size = path::to::function"),
        CRATE,
    ];
    const NOUN: &'static str = "a memory structure";

    fn read(input: DeriveInput, arguments: Vec<Argument>, errors: &mut Errors) -> Option<Self> {
        let (mut identifier, mut label, mut description, mut size) = (None, None, None, None);
        for argument in arguments {
            match argument.key.to_string().as_str() {
                "identifier" => identifier = item::identifier(argument, errors),
                "label" => label = argument.path(errors),
                "description" => description = argument.path(errors),
                _ => size = argument.path(errors),
            }
        }
        if let Data::Union(_) = &input.data {
            let (kind, span) = item::kind(&input.data);
            errors.at(span, format!("`derive(Memorable)` is for structs and enums, and this is {kind}"));
        }
        attribute::refuse_inside(
            &input.data,
            "memorable",
            "`#[memorable]` describes the type as a whole; put it in front of the type",
            errors,
        );
        Some(Self { identifier, label, description, size })
    }

    fn expand(&self, target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let identifier = implementation::identifier(self.identifier.as_deref(), target);
        let label = self.label.as_ref().map(|path| method(&quote!(label), path));
        let description = self.description.as_ref().map(|path| method(&quote!(description), path));
        let size = self.size.as_ref().map(|path| {
            let asked = quote_spanned!(path.span()=> #path(self));
            quote! {
                fn size(&self) -> usize {
                    #asked
                }
            }
        });
        quote! {
            #[automatically_derived]
            impl #core::Memorable for #ident {
                const IDENTIFIER: &'static str = #identifier;
                #label
                #description
                #size
            }
        }
    }

    fn stand_in(target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let bounds = quote!(::core::marker::Send + ::core::marker::Sync + 'static);
        let (parameters, arguments, clause) = implementation::bounded(target, &bounds);
        quote! {
            impl #parameters #core::Memorable for #ident #arguments #clause {
                const IDENTIFIER: &'static str = "refused";
            }
        }
    }
}

/// A method that asks a function of the user.
fn method(name: &TokenStream, function: &Path) -> TokenStream {
    let asked = quote_spanned!(function.span()=> #function(self));
    quote! {
        fn #name(&self) -> ::core::option::Option<::std::string::String> {
            let text: ::std::string::String = #asked;
            ::core::option::Option::Some(text)
        }
    }
}
