//! `derive(Model)`: a struct with named fields is a MODEL.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Field, Fields, Type};

use super::item::{self, Target};
use super::member::Member;
use super::{CRATE, Derive, attribute, implementation};
use crate::arguments::{Argument, Key};
use crate::doc;
use crate::errors::Errors;
use crate::naming::snake_case;
use crate::port::{self, Place};
use crate::types;

/// A struct that travels as an object of its fields.
#[derive(Debug)]
pub(crate) struct Model {
    identifier: String,
    description: Option<String>,
    fields: Vec<Member>,
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
        let fields = named_fields::<Self>(&input, errors)?;
        let description = doc::text(&input.attrs, errors);
        let fields: Vec<Member> = fields
            .into_iter()
            .map(|(ident, field)| read_field::<Self>(ident, field, &input.ident, errors))
            .collect();
        let keys: Vec<String> = fields.iter().map(|field| field.key.clone()).collect();
        port::check_dependencies(fields.iter().flat_map(Member::dependencies), &keys, errors);
        Some(Self { identifier: identifier.unwrap_or_else(|| snake_case(&name)), description, fields })
    }

    fn expand(&self, target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let identifier = &self.identifier;
        let description = implementation::described(self.description.as_ref());
        let ports = self.fields.iter().map(|field| field.port(target));
        let doubtful = self.fields.iter().filter(|Member { ty, .. }| !types::is_scalar(ty));
        let values = doubtful.map(|Member { ty, .. }| {
            quote_spanned! {ty.span()=>
                ::core::assert!(
                    __Members::<#core::__private::Member<#ty>>::ARE_VALUES,
                    "a field is read and written, so its type has to implement both `Expand` and `Shrink`"
                );
            }
        });
        let types = tree(self.fields.iter().map(|Member { ty, .. }| quote!(#core::__private::Member<#ty>)));
        let reading = tree(self.fields.iter().map(|field| field.reading(core)));
        let own: Vec<Ident> = (0..self.fields.len())
            .map(|index| Ident::new(&format!("value{index}"), Span::mixed_site()))
            .collect();
        let read = tree(own.iter().map(Ident::to_token_stream));
        let names: Vec<&Ident> = self.fields.iter().map(|field| &field.ident).collect();
        let written = tree(names.iter().map(|name| quote!(self.#name)));
        let items = self.fields.iter().map(|field| field.items(core));
        let keys: Vec<String> = self.fields.iter().map(|field| field.key.clone()).collect();
        let shared = self.fields.iter().filter_map(|field| field.shared_dependencies(target, &keys));
        let use_members = quote!(use #core::__private::{Members as __Members, UncheckedMembers as _};);
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
                const __FIELDS: #types = #reading;
                #(#items)*
            }
            #[automatically_derived]
            impl #core::PortType for #ident {
                const PORT: #core::Port = {
                    use #core::__private::{Checked as __Checked, Unchecked as _};
                    #core::Port::model(#identifier, &[#(#ports),*]) #description
                };
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
                        |#read| Self { #(#names: #own),* },
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
                #(#shared)*
                #(#values)*
                <#ident as #core::PortType>::PORT
            };
        }
    }

    fn stand_in(target: &Target) -> TokenStream {
        implementation::stand_in(target, "Model")
    }
}

/// The fields by name, or what to write in place of this.
pub(super) fn named_fields<D: Derive>(
    input: &DeriveInput,
    errors: &mut Errors,
) -> Option<Vec<(Ident, Field)>> {
    let instead = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => {
                let named = fields.named.iter().cloned();
                return Some(named.filter_map(|field| Some((field.ident.clone()?, field))).collect());
            }
            Fields::Unnamed(_) => "name its fields: they are the keys of their ports",
            Fields::Unit if D::NAME == Model::NAME => {
                "give it fields, or return `()` where there is nothing to say"
            }
            Fields::Unit => "give it fields",
        },
        Data::Enum(_) if D::NAME != Model::NAME => "use a struct, which may hold an enum",
        Data::Enum(data) if data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit)) => {
            "`derive(Choice)` is for enums whose variants hold nothing"
        }
        Data::Enum(_) => "`derive(Union)` is for enums whose variants hold one value each",
        Data::Union(_) => "use a struct",
    };
    let (kind, span) = item::kind(&input.data);
    let name = D::NAME;
    errors.at(
        span,
        format!("`derive({name})` is for structs with named fields, and this is {kind}; {instead}"),
    );
    None
}

/// Reads what is said about a field of `model`.
pub(super) fn read_field<D: Derive>(
    ident: Ident,
    field: Field,
    model: &Ident,
    errors: &mut Errors,
) -> Member {
    let attribute = D::ATTRIBUTE;
    attribute::refuse(
        &field.attrs,
        attribute,
        &format!("`#[{attribute}]` describes the struct; what is said about a field stands in `#[port(…)]`"),
        errors,
    );
    if let Some(itself) = itself(&field.ty, model) {
        errors.on(itself, endless(model));
    }
    let key = ident.unraw().to_string();
    Member::read(ident, key, field.ty, field.attrs, Place::Field, errors)
}

/// What is said about a type that holds itself.
pub(super) fn endless(owner: &Ident) -> String {
    format!(
        "`{owner}` holds itself here, so its port would hold itself without an end; refer to the other one by an id, or \
         hold all of them in one list"
    )
}

/// Where in the type of a field the type that holds it is named.
pub(super) fn itself(ty: &Type, owner: &Ident) -> Option<Ident> {
    find(ty.to_token_stream(), owner)
}

fn find(tokens: TokenStream, owner: &Ident) -> Option<Ident> {
    let mut tokens = tokens.into_iter().peekable();
    // What follows `::` is a name of another module.
    let mut colons = 0;
    while let Some(token) = tokens.next() {
        let is_colon = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':');
        let starts = colons < 2;
        colons = if is_colon { colons + 1 } else { 0 };
        match token {
            TokenTree::Ident(ident) if starts && (ident == *owner || ident == "Self") => {
                let leads = matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
                if !leads {
                    return Some(ident);
                }
            }
            TokenTree::Group(group) => {
                if let Some(found) = find(group.stream(), owner) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

/// The items as a balanced tree: `((a, b), c)`.
pub(super) fn tree(items: impl Iterator<Item = TokenStream>) -> TokenStream {
    let items: Vec<TokenStream> = items.collect();
    branch(&items)
}

fn branch(items: &[TokenStream]) -> TokenStream {
    match items {
        [] => quote!(()),
        [item] => item.clone(),
        items => {
            let (left, right) = items.split_at(items.len().div_ceil(2));
            let (left, right) = (branch(left), branch(right));
            quote!((#left, #right))
        }
    }
}
