//! The named fields of a struct: ports of their own, read and written together.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Field, Fields as StructFields, Type};

use super::item::{self, Target};
use super::member::Member;
use super::{Derive, Model, attribute};
use crate::errors::Errors;
use crate::port::{self, Place};
use crate::types;

/// The fields of a model or a state.
#[derive(Debug)]
pub(super) struct Fields(Vec<Member>);

/// How fields are read and written by generated code.
pub(super) struct Reading {
    /// The tree of their types.
    pub(super) types: TokenStream,
    /// The tree of how each is read.
    pub(super) fields: TokenStream,
    /// A closure that makes the struct of the tree of their values.
    pub(super) made: TokenStream,
    /// The tree of their values, out of `self`.
    pub(super) written: TokenStream,
    /// What is said about them, as constants, and their defaults.
    pub(super) items: TokenStream,
    /// What has to hold when the program is compiled.
    pub(super) asserted: TokenStream,
}

impl Fields {
    /// Reads them; none where there are none by name.
    pub(super) fn read<D: Derive>(input: &DeriveInput, errors: &mut Errors) -> Option<Self> {
        let fields = named_fields::<D>(input, errors)?;
        let read = |(ident, field)| read_field::<D>(ident, field, &input.ident, errors);
        let fields: Vec<Member> = fields.into_iter().map(read).collect();
        let fields = Self(fields);
        port::check_dependencies(fields.0.iter().flat_map(Member::dependencies), &fields.keys(), errors);
        Some(fields)
    }

    fn keys(&self) -> Vec<String> {
        self.0.iter().map(|field| field.key.clone()).collect()
    }

    /// Their ports. `target` is where what is said about them stands.
    pub(super) fn ports(&self, target: &Target) -> TokenStream {
        let Target { core, .. } = target;
        let ports = self.0.iter().map(|field| field.port(target));
        quote! {{
            use #core::__private::{Checked as __Checked, Unchecked as _};
            &[#(#ports),*]
        }}
    }

    /// How they are read and written. `target` is where what is said about them stands.
    pub(super) fn reading(&self, target: &Target) -> Reading {
        let Self(fields) = self;
        let Target { core, .. } = target;
        let own: Vec<Ident> =
            (0..fields.len()).map(|index| Ident::new(&format!("value{index}"), Span::mixed_site())).collect();
        let read = tree(own.iter().map(Ident::to_token_stream));
        let names: Vec<&Ident> = fields.iter().map(|field| &field.ident).collect();
        let items = fields.iter().map(|field| field.items(core));
        let keys = self.keys();
        let shared = fields.iter().filter_map(|field| field.shared_dependencies(target, &keys));
        let doubtful = fields.iter().filter(|Member { ty, .. }| !types::is_scalar(ty));
        let values = doubtful.map(|Member { ty, .. }| {
            quote_spanned! {ty.span()=>
                ::core::assert!(
                    __Members::<#core::__private::Member<#ty>>::ARE_VALUES,
                    "a field is read and written, so its type has to implement both `Expand` and `Shrink`"
                );
            }
        });
        Reading {
            types: tree(fields.iter().map(|Member { ty, .. }| quote!(#core::__private::Member<#ty>))),
            fields: tree(fields.iter().map(|field| field.reading(core))),
            made: quote!(|#read| Self { #(#names: #own),* }),
            written: tree(names.iter().map(|name| quote!(self.#name))),
            items: quote!(#(#items)*),
            asserted: quote!(#(#shared)* #(#values)*),
        }
    }
}

/// Brings into scope what fields are read and written with.
pub(super) fn use_members(core: &TokenStream) -> TokenStream {
    quote!(use #core::__private::{Members as __Members, UncheckedMembers as _};)
}

/// The fields by name, or what to write in place of this.
fn named_fields<D: Derive>(input: &DeriveInput, errors: &mut Errors) -> Option<Vec<(Ident, Field)>> {
    let instead = match &input.data {
        Data::Struct(data) => match &data.fields {
            StructFields::Named(fields) => {
                let named = fields.named.iter().cloned();
                return Some(named.filter_map(|field| Some((field.ident.clone()?, field))).collect());
            }
            StructFields::Unnamed(_) => "name its fields: they are the keys of their ports",
            StructFields::Unit if D::NAME == Model::NAME => {
                "give it fields, or return `()` where there is nothing to say"
            }
            StructFields::Unit => "give it fields",
        },
        Data::Enum(_) if D::NAME != Model::NAME => "use a struct, which may hold an enum",
        Data::Enum(data)
            if data.variants.iter().all(|variant| matches!(variant.fields, StructFields::Unit)) =>
        {
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
fn read_field<D: Derive>(ident: Ident, field: Field, model: &Ident, errors: &mut Errors) -> Member {
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
fn tree(items: impl Iterator<Item = TokenStream>) -> TokenStream {
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
