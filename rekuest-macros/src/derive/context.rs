//! `derive(Context)`: a value that the functions of an app share.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, LitStr};

use super::item::Target;
use super::{CRATE, Derive, attribute, implementation};
use crate::arguments::{Argument, Key};
use crate::errors::Errors;

/// A type of which an app has one value.
#[derive(Debug)]
pub(crate) struct Context {
    group: Option<LitStr>,
}

impl Derive for Context {
    const NAME: &'static str = "Context";
    const ATTRIBUTE: &'static str = "context";
    const KEYS: &'static [Key] = &[Key::new("group", "group = \"…\""), CRATE];
    const NOUN: &'static str = "a context";
    const MAY_BE_GENERIC: bool = true;

    fn read(input: DeriveInput, arguments: Vec<Argument>, errors: &mut Errors) -> Option<Self> {
        attribute::refuse_inside(
            &input.data,
            "context",
            "`#[context]` describes the type as a whole; put it in front of the type",
            errors,
        );
        let group = arguments.into_iter().find_map(|argument| argument.one_word("a group", errors));
        Some(Self { group })
    }

    fn expand(&self, target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let bounds = quote!(::core::marker::Send + ::core::marker::Sync + 'static);
        let (parameters, arguments, clause) = implementation::bounded(target, &bounds);
        let group = implementation::group(self.group.as_ref());
        quote! {
            #[automatically_derived]
            impl #parameters #core::Context for #ident #arguments #clause {
                #group
            }
            #[automatically_derived]
            impl #parameters #core::hook::Provision for #ident #arguments #clause {
                fn list(into: &mut ::std::vec::Vec<#core::injected::Needed>) {
                    into.push(#core::injected::Needed::context::<Self>());
                }

                fn give(self, app: &mut #core::Contexts) -> ::core::result::Result<(), ::std::string::String> {
                    #core::hook::give_context(self, app)
                }
            }
        }
    }

    fn stand_in(target: &Target) -> TokenStream {
        Self { group: None }.expand(target)
    }
}
