//! A field of a model or a variant of a union: a port of its own, with what is said about it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, Type};

use super::item::Target;
use crate::default::default_value;
use crate::doc;
use crate::errors::Errors;
use crate::port::{Place, PortOptions};
use crate::types::{self, moved};

/// One port inside of another.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) ident: Ident,
    /// The key of the port.
    pub(super) key: String,
    pub(super) ty: Type,
    options: PortOptions,
    documented: Option<String>,
}

impl Member {
    /// Reads the attributes of a field or variant.
    pub(super) fn read(
        ident: Ident,
        key: String,
        ty: Type,
        mut attributes: Vec<Attribute>,
        place: Place,
        errors: &mut Errors,
    ) -> Self {
        types::check(&ty, types::Place::Member, errors);
        let options = PortOptions::take(&mut attributes, place, &ty, errors);
        let documented = doc::text(&attributes, errors);
        Self { ident, key, ty, options, documented }
    }

    /// The names of ports that something said here depends on.
    pub(super) fn dependencies(&self) -> impl Iterator<Item = &syn::LitStr> {
        self.options.dependencies()
    }

    fn default(&self) -> Option<&Expr> {
        self.options.default.as_ref()
    }

    /// The port. The one use of the type that says when it has none. `own` is what functions and constants are found
    /// in.
    pub(super) fn port(&self, target: &Target) -> TokenStream {
        let Target { core, ident: owner, .. } = target;
        let Self { key, ty, options, documented, .. } = self;
        let port = quote_spanned!(ty.span()=> <#ty as #core::PortType>::PORT);
        let label = options.label.as_ref().map(|label| quote!(.labelled(#label)));
        let given = options.description.as_ref().map(syn::LitStr::value);
        let description = given.as_ref().or(documented.as_ref()).map(|text| quote!(.described(#text)));
        let default = self.default().map(|_| {
            let function = self.default_name();
            quote!(.with_field_default(|| __Checked::<#ty>::default_json(#owner::#function())))
        });
        let annotated = options.is_annotated().then(|| {
            let constant = self.annotations_name();
            // Where what is said makes no sense for the type, the type is underlined.
            quote_spanned!(ty.span()=> .annotated(&#owner::#constant))
        });
        quote!(#port.keyed(#key) #label #description #default #annotated)
    }

    /// How it is read and written: a `Member`.
    pub(super) fn reading(&self, core: &TokenStream) -> TokenStream {
        let Self { key, ty, .. } = self;
        let default = self.default().map(|_| {
            let function = self.default_name();
            quote!(.or(Self::#function))
        });
        let annotated = self.annotations().map(|annotations| quote!(.annotated(#annotations)));
        quote!(#core::__private::Member::<#ty>::new(#key) #default #annotated)
    }

    /// A reference to what is said about it, if there is something.
    pub(super) fn annotations(&self) -> Option<TokenStream> {
        let constant = self.annotations_name();
        self.options.is_annotated().then(|| quote!(&Self::#constant))
    }

    /// What is said about it as a constant, and the function that makes the default: its body is what the user wrote,
    /// and nothing else is in scope there.
    pub(super) fn items(&self, core: &TokenStream) -> TokenStream {
        let ty = &self.ty;
        let default = self.default().map(|default| {
            let name = self.default_name();
            let value = default_value(default, ty);
            quote! {
                #[doc(hidden)]
                fn #name() -> #ty { #value }
            }
        });
        let annotations = self.options.is_annotated().then(|| {
            let name = self.annotations_name();
            let annotations = self.options.annotations(core);
            quote! {
                #[doc(hidden)]
                const #name: #core::port::Annotations = #annotations;
            }
        });
        quote!(#default #annotations)
    }

    /// Fails to compile where a constant of the user depends on a port that is none of `keys`.
    pub(super) fn shared_dependencies(&self, target: &Target, keys: &[String]) -> Option<TokenStream> {
        let Target { core, ident: owner, .. } = target;
        let constant = self.annotations_name();
        self.options.has_constants().then(|| {
            let core = moved(core, self.options.span());
            quote_spanned! {self.options.span()=>
                #core::port::Annotations::assert_dependencies(&#owner::#constant, &[#(#keys),*]);
            }
        })
    }

    fn default_name(&self) -> Ident {
        format_ident!("__default_{}", self.key)
    }

    fn annotations_name(&self) -> Ident {
        format_ident!("__PORT_{}", self.key)
    }
}
