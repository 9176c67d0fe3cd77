//! `derive(State)`: a struct that an app shows of itself.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{DeriveInput, LitStr};

use super::item::{self, Target};
use super::member::Member;
use super::model::{named_fields, read_field, tree};
use super::{CRATE, Derive, attribute, implementation};
use crate::arguments::{Argument, Key};
use crate::errors::Errors;
use crate::port;
use crate::types;

/// A struct of fields that others can watch.
#[derive(Debug)]
pub(crate) struct State {
    name: String,
    group: Option<LitStr>,
    fields: Vec<Member>,
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
        let fields = named_fields::<Self>(&input, errors)?;
        let fields: Vec<Member> = fields
            .into_iter()
            .map(|(ident, field)| read_field::<Self>(ident, field, &input.ident, errors))
            .collect();
        let keys: Vec<String> = fields.iter().map(|field| field.key.clone()).collect();
        port::check_dependencies(fields.iter().flat_map(Member::dependencies), &keys, errors);
        Some(Self { name: name.unwrap_or_else(|| input.ident.unraw().to_string()), group, fields })
    }

    fn expand(&self, target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let Self { name, fields, .. } = self;
        let group = implementation::group(self.group.as_ref());
        // What is said about the fields stands beside the struct, which may be a model too.
        let beside = format_ident!("__StateOf{}", ident.unraw());
        let inner = Target { core: core.clone(), ident: beside.clone(), generics: Default::default() };
        let ports = fields.iter().map(|field| field.port(&inner));
        let doubtful = fields.iter().filter(|Member { ty, .. }| !types::is_scalar(ty));
        let values = doubtful.map(|Member { ty, .. }| {
            quote_spanned! {ty.span()=>
                ::core::assert!(
                    __Members::<#core::__private::Member<#ty>>::ARE_VALUES,
                    "a field is read and written, so its type has to implement both `Expand` and `Shrink`"
                );
            }
        });
        let types = tree(fields.iter().map(|Member { ty, .. }| quote!(#core::__private::Member<#ty>)));
        let reading = tree(fields.iter().map(|field| field.reading(core)));
        let own: Vec<Ident> =
            (0..fields.len()).map(|index| Ident::new(&format!("value{index}"), Span::mixed_site())).collect();
        let read = tree(own.iter().map(Ident::to_token_stream));
        let names: Vec<&Ident> = fields.iter().map(|field| &field.ident).collect();
        let written = tree(names.iter().map(|name| quote!(self.#name)));
        let items = fields.iter().map(|field| field.items(core));
        let keys: Vec<String> = fields.iter().map(|field| field.key.clone()).collect();
        let shared = fields.iter().filter_map(|field| field.shared_dependencies(&inner, &keys));
        let use_members = quote!(use #core::__private::{Members as __Members, UncheckedMembers as _};);
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
                    const __FIELDS: #types = #reading;
                    const __PORTS: &'static [#core::Port] = {
                        use #core::__private::{Checked as __Checked, Unchecked as _};
                        &[#(#ports),*]
                    };
                    #(#items)*
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
                            |#read| Self { #(#names: #own),* },
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
                    #(#shared)*
                    #(#values)*
                    #beside::__PORTS
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
