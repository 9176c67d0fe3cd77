//! `derive(State)`: a struct that an app shows of itself.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;
use syn::{DeriveInput, LitStr};

use super::fields::{Fields, Reading, use_members};
use super::item::{self, Target};
use super::{CRATE, Derive, attribute, implementation};
use crate::arguments::{Argument, Key};
use crate::errors::Errors;

/// A struct of fields that others can watch.
#[derive(Debug)]
pub(crate) struct State {
    name: String,
    group: Option<LitStr>,
    fields: Fields,
}

impl Derive for State {
    const NAME: &'static str = "State";
    const ATTRIBUTE: &'static str = "state";
    const KEYS: &'static [Key] =
        &[Key::new("name", "name = \"…\""), Key::new("group", "group = \"…\""), CRATE];
    const NOUN: &'static str = "a state";

    fn read(input: DeriveInput, arguments: Vec<Argument>, errors: &mut Errors) -> Option<Self> {
        let (mut name, mut group) = (None, None);
        for argument in arguments {
            match argument.key.to_string().as_str() {
                "name" => name = item::identifier(argument, errors),
                _ => group = argument.one_word("a group", errors),
            }
        }
        attribute::refuse(
            &input.attrs,
            "port",
            "`#[port]` describes a field; put it in front of that field",
            errors,
        );
        let fields = Fields::read::<Self>(&input, errors)?;
        Some(Self { name: name.unwrap_or_else(|| input.ident.unraw().to_string()), group, fields })
    }

    fn expand(&self, target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let Self { name, fields, .. } = self;
        let group = implementation::group(self.group.as_ref());
        // What is said about the fields stands beside the struct, which may be a model too.
        let beside = format_ident!("__StateOf{}", ident.unraw());
        let inner = Target { core: core.clone(), ident: beside.clone(), generics: Default::default() };
        let ports = fields.ports(&inner);
        let Reading { types, fields, made, written, items, asserted } = fields.reading(&inner);
        let use_members = use_members(core);
        quote! {
            #[automatically_derived]
            #[allow(
                dead_code,
                deprecated,
                non_camel_case_types,
                non_upper_case_globals,
                non_snake_case,
                clippy::type_complexity,
                clippy::unnecessary_wraps,
                reason = "the struct itself is warned of where there is reason to"
            )]
            const _: () = {
                struct #beside;

                impl #beside {
                    const __FIELDS: #types = #fields;
                    const __PORTS: &'static [#core::Port] = #ports;
                    #items
                }

                impl #core::StateType for #ident {
                    const NAME: &'static str = #name;
                    const PORTS: &'static [#core::Port] = #beside::__PORTS;
                    #group

                    fn expand_state(
                        value: &#core::__private::RawValue,
                        contexts: &#core::Contexts,
                    ) -> impl ::core::future::Future<Output = ::core::result::Result<Self, #core::ValueError>>
                    + ::core::marker::Send {
                        #use_members
                        __Members::<#types>::expand(
                            #name,
                            #beside::__FIELDS,
                            #made,
                            value,
                            contexts,
                        )
                    }

                    fn shrink_state(
                        self,
                        out: &mut #core::JsonWriter,
                        contexts: &#core::Contexts,
                    ) -> impl ::core::future::Future<Output = ::core::result::Result<(), #core::ValueError>>
                    + ::core::marker::Send {
                        #use_members
                        __Members::<#types>::shrink(#beside::__FIELDS, #written, out, contexts)
                    }
                }

                const _: &[#core::Port] = {
                    #use_members
                    #asserted
                    #core::injected::shown(#beside::__PORTS)
                };
            };
            #[automatically_derived]
            impl #core::hook::Provision for #ident {
                fn list(into: &mut ::std::vec::Vec<#core::injected::Needed>) {
                    into.push(#core::injected::Needed::state::<Self>());
                }

                fn give(self, app: &mut #core::Contexts) -> ::core::result::Result<(), ::std::string::String> {
                    #core::hook::give_state(self, app)
                }
            }
        }
    }

    fn stand_in(target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let bounds = quote!(::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync + 'static);
        let (parameters, arguments, clause) = implementation::bounded(target, &bounds);
        quote! {
            impl #parameters #core::StateType for #ident #arguments #clause {
                const NAME: &'static str = "";
                const PORTS: &'static [#core::Port] = &[];
                async fn expand_state(
                    _: &#core::__private::RawValue,
                    _: &#core::Contexts,
                ) -> ::core::result::Result<Self, #core::ValueError> {
                    loop {}
                }
                async fn shrink_state(
                    self,
                    _: &mut #core::JsonWriter,
                    _: &#core::Contexts,
                ) -> ::core::result::Result<(), #core::ValueError> {
                    loop {}
                }
            }
            impl #parameters #core::hook::Provision for #ident #arguments #clause {
                fn list(_: &mut ::std::vec::Vec<#core::injected::Needed>) {}
                fn give(self, _: &mut #core::Contexts) -> ::core::result::Result<(), ::std::string::String> {
                    loop {}
                }
            }
        }
    }
}
