//! `derive(Structure)`: a thing that lives elsewhere is a STRUCTURE, and travels as its id.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Fields, Member, Path, Type};

use super::item::Target;
use super::{CRATE, Derive, attribute, implementation};
use crate::arguments::{Argument, Key};
use crate::errors::Errors;

/// How a structure is fetched and stored, for messages.
const WAYS: &str = "a struct of exactly one field is an id by itself; `expand = load, shrink = store` name two async \
                    functions; `custom` says that `rekuest::Structure` is implemented by hand";

/// A type that travels as an id.
#[derive(Debug)]
pub(crate) struct Structure {
    identifier: String,
    way: Way,
}

/// How its id becomes a value and back.
#[derive(Debug)]
enum Way {
    /// The one field is the id.
    Id { field: Member, ty: Box<Type> },
    /// By functions of the user.
    Functions { expand: Path, shrink: Path },
    /// By the user's own implementation.
    Custom,
}

impl Derive for Structure {
    const NAME: &'static str = "Structure";
    const ATTRIBUTE: &'static str = "structure";
    const KEYS: &'static [Key] = &[
        Key::new("identifier", "identifier = \"@package/key\""),
        Key::new("expand", "expand = path::to::function"),
        Key::new("shrink", "shrink = path::to::function"),
        Key::new("custom", "custom"),
        CRATE,
    ];
    const NOUN: &'static str = "a structure";

    fn read(input: DeriveInput, arguments: Vec<Argument>, errors: &mut Errors) -> Option<Self> {
        let is_identified = arguments.iter().any(|argument| argument.key == "identifier");
        if !is_identified {
            errors.on(
                &input.ident,
                "a structure needs the identifier under which it is known: \
                 `#[structure(identifier = \"@package/key\")]`",
            );
        }
        let (mut identifier, mut custom) = (None, None);
        let (mut expand, mut shrink) = (None, None);
        for argument in arguments {
            let key = argument.key.clone();
            match key.to_string().as_str() {
                "identifier" => identifier = package_and_key(argument, errors),
                "expand" => expand = Some((key, argument.path(errors))),
                "shrink" => shrink = Some((key, argument.path(errors))),
                _ => custom = argument.flag(errors).then_some(key),
            }
        }
        refuse_on_parts(&input.data, errors);
        let way = way(&input, expand, shrink, custom, errors)?;
        Some(Self { identifier: identifier?, way })
    }

    fn expand(&self, target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let identifier = &self.identifier;
        let way = self.way.expand(target);
        let use_elsewhere =
            quote!(use #core::__private::{Elsewhere as __Elsewhere, UncheckedElsewhere as _};);
        quote! {
            #way
            #[automatically_derived]
            impl #core::PortType for #ident {
                const PORT: #core::Port = #core::Port::structure(#identifier);
            }
            #[automatically_derived]
            impl #core::Expand for #ident {
                fn expand(
                    value: &#core::__private::RawValue,
                    contexts: &#core::Contexts,
                ) -> impl ::core::future::Future<Output = ::core::result::Result<Self, #core::ValueError>>
                + ::core::marker::Send {
                    #use_elsewhere
                    __Elsewhere::<Self>::expand(#identifier, value, contexts)
                }
            }
            #[automatically_derived]
            impl #core::Shrink for #ident {
                fn shrink(
                    self,
                    out: &mut #core::JsonWriter,
                    contexts: &#core::Contexts,
                ) -> impl ::core::future::Future<Output = ::core::result::Result<(), #core::ValueError>>
                + ::core::marker::Send {
                    #use_elsewhere
                    __Elsewhere::<Self>::shrink(#identifier, self, out, contexts)
                }
            }
        }
    }

    fn stand_in(target: &Target) -> TokenStream {
        implementation::stand_in(target, "Structure")
    }
}

impl Way {
    /// The implementation of `Structure`, unless the user wrote it.
    fn expand(&self, target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let error =
            quote!(::std::boxed::Box<dyn ::std::error::Error + ::core::marker::Send + ::core::marker::Sync>);
        let methods = match self {
            // The one place that says when it is not.
            Self::Custom => {
                return quote_spanned! {ident.span()=>
                    const _: () = {
                        let _ = <#ident as #core::Structure>::expand;
                    };
                };
            }
            Self::Id { field, ty } => {
                let id = quote_spanned!(ty.span()=> <#ty as #core::__private::StructureId>);
                quote! {
                    async fn expand(
                        id: ::std::string::String,
                        _: &#core::Contexts,
                    ) -> ::core::result::Result<Self, Self::Error> {
                        #id::read_id(&id).map(|id| Self { #field: id })
                    }
                    async fn shrink(
                        self,
                        _: &#core::Contexts,
                    ) -> ::core::result::Result<::std::string::String, Self::Error> {
                        ::core::result::Result::Ok(#id::write_id(&self.#field))
                    }
                }
            }
            Self::Functions { expand, shrink } => {
                // Names that cannot meet those of the functions.
                let (id, contexts) =
                    (Ident::new("id", Span::mixed_site()), Ident::new("contexts", Span::mixed_site()));
                let expanded = awaited(expand, &quote!(#id, #contexts), core);
                let shrunk = awaited(shrink, &quote!(self, #contexts), core);
                quote! {
                    async fn expand(
                        #id: ::std::string::String,
                        #contexts: &#core::Contexts,
                    ) -> ::core::result::Result<Self, Self::Error> {
                        #expanded
                    }
                    async fn shrink(
                        self,
                        #contexts: &#core::Contexts,
                    ) -> ::core::result::Result<::std::string::String, Self::Error> {
                        #shrunk
                    }
                }
            }
        };
        quote! {
            #[automatically_derived]
            impl #core::Structure for #ident {
                type Error = #error;
                #methods
            }
        }
    }
}

/// A call of a function of the user. What is wrong with the function is underlined where it is named.
fn awaited(function: &Path, arguments: &TokenStream, core: &TokenStream) -> TokenStream {
    quote_spanned! {function.span()=>
        #core::__private::awaited(#function(#arguments).await)
    }
}

/// `@package/key`.
fn package_and_key(argument: Argument, errors: &mut Errors) -> Option<String> {
    let text = argument.string(errors)?;
    let identifier = text.value();
    let parts = identifier.strip_prefix('@').and_then(|rest| rest.split_once('/'));
    let is_formed =
        parts.is_some_and(|(package, key)| !package.is_empty() && !key.is_empty() && !key.contains('/'));
    if !is_formed || identifier.contains(char::is_whitespace) {
        errors.on(
            &text,
            "the identifier of a structure is its package and its key, without whitespace: `@package/key`, such as \
             `@mikro/image`",
        );
        return None;
    }
    Some(identifier)
}

/// Reports attributes that belong in front of the type.
fn refuse_on_parts(data: &Data, errors: &mut Errors) {
    let attributes: Vec<_> = match data {
        Data::Struct(data) => data.fields.iter().map(|field| &field.attrs).collect(),
        Data::Enum(data) => data.variants.iter().map(|variant| &variant.attrs).collect(),
        Data::Union(_) => Vec::new(),
    };
    for attributes in attributes {
        attribute::refuse(
            attributes,
            "structure",
            "`#[structure]` describes the type as a whole; put it in front of the type",
            errors,
        );
    }
}

/// What is said about how a value is fetched and stored.
fn way(
    input: &DeriveInput,
    expand: Option<(Ident, Option<Path>)>,
    shrink: Option<(Ident, Option<Path>)>,
    custom: Option<Ident>,
    errors: &mut Errors,
) -> Option<Way> {
    if let Some(custom) = custom {
        if let Some((key, _)) = expand.or(shrink) {
            errors.on(
                custom,
                format!("`custom` says that `rekuest::Structure` is implemented by hand, and `{key}` that it is not; \
                         keep one of them"),
            );
            return None;
        }
        return Some(Way::Custom);
    }
    match (expand, shrink) {
        (Some((_, expand)), Some((_, shrink))) => Some(Way::Functions { expand: expand?, shrink: shrink? }),
        (Some((key, _)), None) => {
            errors.on(
                key,
                "a structure is fetched and stored: name the function that makes an id too, `shrink = …`",
            );
            None
        }
        (None, Some((key, _))) => {
            errors.on(
                key,
                "a structure is fetched and stored: name the function that takes an id too, `expand = …`",
            );
            None
        }
        (None, None) => {
            let way = id(&input.data);
            if way.is_none() {
                errors.on(
                    &input.ident,
                    format!("it is not said how an id becomes this value and back: {WAYS}"),
                );
            }
            way
        }
    }
}

/// The struct is its id.
fn id(data: &Data) -> Option<Way> {
    let Data::Struct(data) = data else { return None };
    let (Fields::Named(_) | Fields::Unnamed(_)) = &data.fields else { return None };
    let mut fields = data.fields.iter();
    let (Some(only), None) = (fields.next(), fields.next()) else { return None };
    let field = only.ident.clone().map_or_else(|| Member::from(0), Member::Named);
    Some(Way::Id { field, ty: Box::new(only.ty.clone()) })
}
