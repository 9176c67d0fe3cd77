//! `derive(Model)`: a struct with named fields is a MODEL.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;
use syn::ext::IdentExt as _;

use super::fields::{Fields, Reading, use_members};
use super::item::{self, Target};
use super::{CRATE, Derive, attribute, implementation};
use crate::arguments::{Argument, Key};
use crate::doc;
use crate::errors::Errors;
use crate::naming::snake_case;

/// A struct that travels as an object of its fields.
#[derive(Debug)]
pub(crate) struct Model {
    identifier: String,
    description: Option<String>,
    fields: Fields,
}

impl Derive for Model {
    const NAME: &'static str = "Model";
    const ATTRIBUTE: &'static str = "model";
    const KEYS: &'static [Key] = &[Key::new("identifier", "identifier = \"…\""), CRATE];
    const NOUN: &'static str = "a model";

    fn read(input: DeriveInput, arguments: Vec<Argument>, errors: &mut Errors) -> Option<Self> {
        let name = input.ident.unraw().to_string();
        let mut identifier = None;
        for argument in arguments {
            identifier = item::identifier(argument, errors);
        }
        attribute::refuse(
            &input.attrs,
            "port",
            "`#[port]` describes a field; put it in front of that field. The doc comment describes the model",
            errors,
        );
        let fields = Fields::read::<Self>(&input, errors)?;
        let description = doc::text(&input.attrs, errors);
        Some(Self { identifier: identifier.unwrap_or_else(|| snake_case(&name)), description, fields })
    }

    fn expand(&self, target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let identifier = &self.identifier;
        let description = implementation::described(self.description.as_ref());
        let ports = self.fields.ports(target);
        let Reading { types, fields, made, written, items, asserted } = self.fields.reading(target);
        let use_members = use_members(core);
        quote! {
            #[automatically_derived]
            #[allow(
                dead_code,
                deprecated,
                non_upper_case_globals,
                non_snake_case,
                clippy::type_complexity,
                clippy::unnecessary_wraps,
                reason = "the struct itself is warned of where there is reason to"
            )]
            impl #ident {
                #[doc(hidden)]
                const __FIELDS: #types = #fields;
                #items
            }
            #[automatically_derived]
            impl #core::PortType for #ident {
                const PORT: #core::Port = #core::Port::model(#identifier, #ports) #description;
            }
            #[automatically_derived]
            #[allow(deprecated, reason = "a deprecated field is still a field")]
            impl #core::Expand for #ident {
                fn expand(
                    value: &#core::__private::RawValue,
                    contexts: &#core::Contexts,
                ) -> impl ::core::future::Future<Output = ::core::result::Result<Self, #core::ValueError>>
                + ::core::marker::Send {
                    #use_members
                    __Members::<#types>::expand(
                        #identifier,
                        Self::__FIELDS,
                        #made,
                        value,
                        contexts,
                    )
                }
            }
            #[automatically_derived]
            #[allow(deprecated, reason = "a deprecated field is still a field")]
            impl #core::Shrink for #ident {
                fn shrink(
                    self,
                    out: &mut #core::JsonWriter,
                    contexts: &#core::Contexts,
                ) -> impl ::core::future::Future<Output = ::core::result::Result<(), #core::ValueError>>
                + ::core::marker::Send {
                    #use_members
                    __Members::<#types>::shrink(Self::__FIELDS, #written, out, contexts)
                }
            }
            #[allow(deprecated, reason = "a deprecated type is still a type")]
            const _: #core::Port = {
                #use_members
                #asserted
                <#ident as #core::PortType>::PORT
            };
        }
    }

    fn stand_in(target: &Target) -> TokenStream {
        implementation::stand_in(target, "Model")
    }
}
