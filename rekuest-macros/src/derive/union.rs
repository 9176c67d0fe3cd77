//! `derive(Union)`: an enum whose variants hold one value each is a UNION.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Fields, Type, Variant};

use super::item::{self, Target};
use super::member::Member;
use super::{CRATE, Derive, attribute, fields, implementation};
use crate::arguments::{Argument, Key};
use crate::doc;
use crate::errors::Errors;
use crate::port::Place;
use crate::types;

/// An enum that travels as the index of a variant and what that holds.
#[derive(Debug)]
pub(crate) struct Union {
    description: Option<String>,
    variants: Vec<Member>,
}

impl Derive for Union {
    const NAME: &'static str = "Union";
    const ATTRIBUTE: &'static str = "union";
    const KEYS: &'static [Key] = &[CRATE];
    const NOUN: &'static str = "a union";

    fn read(input: DeriveInput, _: Vec<Argument>, errors: &mut Errors) -> Option<Self> {
        attribute::refuse(
            &input.attrs,
            "port",
            "`#[port]` describes a variant; put it in front of that variant. The doc comment describes the union",
            errors,
        );
        let Data::Enum(data) = input.data else {
            let (kind, span) = item::kind(&input.data);
            errors.at(
                span,
                format!(
                    "`derive(Union)` is for enums whose variants hold one value each, and this is {kind}; \
                     `derive(Model)` is for structs with named fields"
                ),
            );
            return None;
        };
        let description = doc::text(&input.attrs, errors);
        if data.variants.is_empty() {
            errors.on(&input.ident, "a union without variants has no values; add a variant");
        }
        let variants: Vec<Member> = data
            .variants
            .into_iter()
            .enumerate()
            .filter_map(|(index, variant)| read_variant(index, variant, &input.ident, errors))
            .collect();
        for dependency in variants.iter().flat_map(Member::dependencies) {
            errors.on(dependency, "a variant cannot depend on others: only one of them is ever there");
        }
        Some(Self { description, variants })
    }

    fn expand(&self, target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let description = implementation::described(self.description.as_ref());
        let ports = self.variants.iter().map(|variant| variant.port(target));
        let names: Vec<&Ident> = self.variants.iter().map(|variant| &variant.ident).collect();
        let types: Vec<&Type> = self.variants.iter().map(|variant| &variant.ty).collect();
        let indices: Vec<usize> = (0..names.len()).collect();
        let count = names.len();
        let annotations = self.variants.iter().map(|variant| match variant.annotations() {
            Some(annotations) => quote!(::core::option::Option::Some(#annotations)),
            None => quote!(::core::option::Option::None),
        });
        let values = types.iter().filter(|ty| !types::is_scalar(ty)).map(|ty| {
            quote_spanned! {ty.span()=>
                ::core::assert!(
                    __Variant::<#ty>::IS_VALUE,
                    "a variant is read and written, so its type has to implement both `Expand` and `Shrink`"
                );
            }
        });
        let items: Vec<TokenStream> = self.variants.iter().map(|variant| variant.items(core)).collect();
        let items = items.iter().any(|items| !items.is_empty()).then(|| {
            quote! {
                #[automatically_derived]
                #[allow(non_upper_case_globals, reason = "named by the index of the variant")]
                impl #ident { #(#items)* }
            }
        });
        let shared = self.variants.iter().filter_map(|variant| variant.shared_dependencies(target, &[]));
        let use_variant = quote!(use #core::__private::{UncheckedVariant as _, Variant as __Variant};);
        quote! {
            #items
            #[automatically_derived]
            impl #core::PortType for #ident {
                const PORT: #core::Port = #core::Port::union(&[#(#ports),*]) #description;
            }
            #[automatically_derived]
            #[allow(deprecated, reason = "a deprecated variant is still a variant")]
            impl #core::Expand for #ident {
                async fn expand(
                    value: &#core::__private::RawValue,
                    contexts: &#core::Contexts,
                ) -> ::core::result::Result<Self, #core::ValueError> {
                    #use_variant
                    let mut used = #core::__private::Used::read(value, #count)?;
                    #(
                        if let ::core::option::Option::Some(value) =
                            __Variant::<#types>::expand(#indices, #annotations, &mut used, contexts).await?
                        {
                            return ::core::result::Result::Ok(Self::#names(value));
                        }
                    )*
                    ::core::result::Result::Err(used.into_error())
                }
            }
            #[automatically_derived]
            #[allow(deprecated, reason = "a deprecated variant is still a variant")]
            impl #core::Shrink for #ident {
                async fn shrink(
                    self,
                    out: &mut #core::JsonWriter,
                    contexts: &#core::Contexts,
                ) -> ::core::result::Result<(), #core::ValueError> {
                    #use_variant
                    match self {
                        #(
                            Self::#names(value) =>
                                __Variant::<#types>::shrink(#indices, value, out, contexts).await,
                        )*
                    }
                }
            }
            #[allow(deprecated, reason = "a deprecated type is still a type")]
            const _: #core::Port = {
                #use_variant
                #(#shared)*
                #(#values)*
                <#ident as #core::PortType>::PORT
            };
        }
    }

    fn stand_in(target: &Target) -> TokenStream {
        implementation::stand_in(target, "Union")
    }
}

/// A variant, or what to write in place of it.
fn read_variant(index: usize, variant: Variant, union: &Ident, errors: &mut Errors) -> Option<Member> {
    attribute::refuse(
        &variant.attrs,
        "union",
        "`#[union]` describes the enum; what is said about a variant stands in `#[port(…)]`",
        errors,
    );
    for field in &variant.fields {
        attribute::refuse(&field.attrs, "port", "put this `#[port]` in front of the variant", errors);
    }
    let Variant { ident, fields, attrs, .. } = variant;
    let wrong = match &fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            let field = fields.unnamed.first()?;
            if let Some(itself) = fields::itself(&field.ty, union) {
                errors.on(itself, fields::endless(union));
            }
            if types::option_of(&field.ty).is_some() {
                errors.on(
                    &field.ty,
                    "a variant of a union cannot hold an `Option`: null on the wire has no variant; use an `Option` of \
                     the union",
                );
            }
            return Some(Member::read(
                ident,
                index.to_string(),
                field.ty.clone(),
                attrs,
                Place::Variant,
                errors,
            ));
        }
        Fields::Unnamed(fields) if fields.unnamed.is_empty() => {
            format!(
                "`{ident}` holds nothing; give it a type, such as `{ident}(bool)`, or leave it out and use an \
                     `Option` of the union"
            )
        }
        Fields::Unnamed(fields) => format!(
            "`{ident}` holds {} values; put them into a struct with `derive(Model)`, and hold that",
            fields.unnamed.len()
        ),
        Fields::Named(_) => format!(
            "`{ident}` holds named fields; put them into a struct with `derive(Model)`, and hold that: \
             `{ident}(TheStruct)`"
        ),
        Fields::Unit => format!(
            "`{ident}` holds nothing; give it a type, such as `{ident}(bool)`, or leave it out and use an `Option` of \
             the union. An enum whose variants all hold nothing is a choice: `derive(Choice)`"
        ),
    };
    let tokens =
        if matches!(fields, Fields::Unit) { ident.to_token_stream() } else { fields.to_token_stream() };
    errors.on(tokens, format!("a variant of a union holds one value, and {wrong}"));
    None
}
