//! What several of the macros write.

use proc_macro2::TokenStream;
use quote::quote;

use super::item::Target;

/// The identifier that was given, or else the path of the type.
pub(super) fn identifier(given: Option<&str>, target: &Target) -> TokenStream {
    let Target { core, ident, .. } = target;
    if let Some(given) = given {
        return quote!(#given);
    }
    let name = syn::ext::IdentExt::unraw(ident).to_string().to_lowercase();
    quote! {{
        const PATH: &str = ::core::concat!(::core::module_path!(), "::", #name);
        const BYTES: [u8; #core::__private::identifier_len(PATH)] = #core::__private::identifier_bytes(PATH);
        #core::__private::identifier_str(&BYTES)
    }}
}

/// `.described("…")`, if there is something to say.
pub(super) fn described(text: Option<&String>) -> Option<TokenStream> {
    text.map(|text| quote!(.described(#text)))
}

/// The constant of the group that functions join which take it, if there is one.
pub(super) fn group(group: Option<&syn::LitStr>) -> Option<TokenStream> {
    group.map(|group| {
        quote! {
            const GROUP: ::core::option::Option<&'static str> = ::core::option::Option::Some(#group);
        }
    })
}

/// What stands in for the implementations of a value of this kind.
pub(super) fn stand_in(target: &Target, kind: &str) -> TokenStream {
    let Target { core, ident, .. } = target;
    let kind = quote::format_ident!("{kind}");
    let (parameters, arguments, clause) = bounded(target, &quote!(::core::marker::Send));
    quote! {
        impl #parameters #core::PortType for #ident #arguments #clause {
            const PORT: #core::Port = #core::Port::new(#core::PortKind::#kind);
        }
        impl #parameters #core::Expand for #ident #arguments #clause {
            async fn expand(
                _: &#core::__private::RawValue,
                _: &#core::Contexts,
            ) -> ::core::result::Result<Self, #core::ValueError> {
                loop {}
            }
        }
        impl #parameters #core::Shrink for #ident #arguments #clause {
            async fn shrink(
                self,
                _: &mut #core::JsonWriter,
                _: &#core::Contexts,
            ) -> ::core::result::Result<(), #core::ValueError> {
                loop {}
            }
        }
    }
}

/// The generics of a type, with what its traits ask for.
pub(super) fn bounded(target: &Target, bounds: &TokenStream) -> (TokenStream, TokenStream, TokenStream) {
    let mut generics = target.generics.clone();
    if !generics.params.is_empty() {
        generics.make_where_clause().predicates.push(syn::parse_quote!(Self: #bounds));
    }
    let (parameters, arguments, clause) = generics.split_for_impl();
    (quote!(#parameters), quote!(#arguments), quote!(#clause))
}
