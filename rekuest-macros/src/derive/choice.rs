//! `derive(Choice)`: an enum whose variants hold nothing is an ENUM.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput, Fields, LitStr, Variant};

use super::item::{self, Target};
use super::rename::Rename;
use super::{CRATE, Derive, attribute, implementation};
use crate::arguments::{Argument, Key};
use crate::doc;
use crate::errors::Errors;

/// What `#[choice(…)]` takes on a variant.
const VARIANT: [Key; 4] = [
    Key::new("value", "value = \"…\""),
    Key::new("label", "label = \"…\""),
    Key::new("description", "description = \"…\""),
    Key::new("image", "image = \"…\""),
];

/// An enum of choices.
#[derive(Debug)]
pub(crate) struct Choice {
    identifier: Option<String>,
    description: Option<String>,
    entries: Vec<Entry>,
}

/// One choice.
#[derive(Debug)]
struct Entry {
    ident: Ident,
    value: String,
    label: Option<String>,
    description: Option<String>,
    image: Option<String>,
    /// Where the value is said, for mistakes.
    said: TokenStream,
}

impl Derive for Choice {
    const NAME: &'static str = "Choice";
    const ATTRIBUTE: &'static str = "choice";
    const KEYS: &'static [Key] = &[
        Key::new("identifier", "identifier = \"…\""),
        Key::new("rename_all", "rename_all = \"snake_case\""),
        CRATE,
    ];
    const NOUN: &'static str = "a choice";

    fn read(input: DeriveInput, arguments: Vec<Argument>, errors: &mut Errors) -> Option<Self> {
        let (mut identifier, mut rename) = (None, None);
        for argument in arguments {
            match argument.key.to_string().as_str() {
                "identifier" => identifier = item::identifier(argument, errors),
                _ => rename = Rename::parse(argument, errors),
            }
        }
        let Data::Enum(data) = input.data else {
            let (kind, span) = item::kind(&input.data);
            errors.at(
                span,
                format!(
                    "`derive(Choice)` is for enums whose variants hold nothing, and this is {kind}; `derive(Model)` is \
                     for structs with named fields"
                ),
            );
            return None;
        };
        let description = doc::text(&input.attrs, errors);
        if data.variants.is_empty() {
            errors.on(&input.ident, "a choice without variants leaves nothing to choose from; add a variant");
        }
        let mut entries: Vec<Entry> = Vec::new();
        for variant in data.variants {
            let entry = Entry::read(variant, rename, description.as_ref(), errors);
            if let Some(earlier) = entries.iter().find(|earlier| earlier.value == entry.value) {
                errors.on(
                    &entry.said,
                    format!(
                        "`{}` is sent as \"{}\" already; a value has to say which variant it is",
                        earlier.ident, entry.value
                    ),
                );
            }
            entries.push(entry);
        }
        Some(Self { identifier, description, entries })
    }

    fn expand(&self, target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let identifier = implementation::identifier(self.identifier.as_deref(), target);
        let description = implementation::described(self.description.as_ref());
        let entries = self.entries.iter().map(|entry| {
            let Entry { value, label, image, .. } = entry;
            let label = label.as_ref().unwrap_or(value);
            let description = implementation::described(entry.description.as_ref());
            let image = image.as_ref().map(|image| quote!(.with_image(#image)));
            quote! {
                #core::port::ChoiceEntry::new(#core::port::Scalar::String(#value), #label) #description #image
            }
        });
        let variants: Vec<&Ident> = self.entries.iter().map(|entry| &entry.ident).collect();
        let indices: Vec<usize> = (0..variants.len()).collect();
        quote! {
            #[automatically_derived]
            #[allow(deprecated, reason = "a deprecated variant is still one of the choices")]
            impl #core::Choice for #ident {
                const IDENTIFIER: &'static str = #identifier;
                const CHOICES: &'static [#core::port::ChoiceEntry] = &[#(#entries),*];
                fn index(&self) -> usize {
                    match self {
                        #(Self::#variants => #indices,)*
                    }
                }
                fn from_index(index: usize) -> ::core::option::Option<Self> {
                    ::core::option::Option::Some(match index {
                        #(#indices => Self::#variants,)*
                        _ => return ::core::option::Option::None,
                    })
                }
            }
            #[automatically_derived]
            impl #core::PortType for #ident {
                const PORT: #core::Port = #core::Port::choice(
                    <Self as #core::Choice>::IDENTIFIER,
                    <Self as #core::Choice>::CHOICES,
                ) #description;
            }
            #[automatically_derived]
            impl #core::Expand for #ident {
                fn expand(
                    value: &#core::__private::RawValue,
                    _: &#core::Contexts,
                ) -> impl ::core::future::Future<Output = ::core::result::Result<Self, #core::ValueError>>
                + ::core::marker::Send {
                    ::core::future::ready(#core::__private::expand_choice(value))
                }
            }
            #[automatically_derived]
            impl #core::Shrink for #ident {
                fn shrink(
                    self,
                    out: &mut #core::JsonWriter,
                    _: &#core::Contexts,
                ) -> impl ::core::future::Future<Output = ::core::result::Result<(), #core::ValueError>>
                + ::core::marker::Send {
                    out.string(#core::Choice::value(&self));
                    ::core::future::ready(::core::result::Result::Ok(()))
                }
            }
            #[allow(deprecated, reason = "a deprecated type is still a type")]
            const _: #core::Port = <#ident as #core::PortType>::PORT;
        }
    }

    fn stand_in(target: &Target) -> TokenStream {
        let Target { core, ident, .. } = target;
        let value = implementation::stand_in(target, "Enum");
        let (parameters, arguments, clause) =
            implementation::bounded(target, &quote!(::core::marker::Send + 'static));
        quote! {
            impl #parameters #core::Choice for #ident #arguments #clause {
                const IDENTIFIER: &'static str = "refused";
                const CHOICES: &'static [#core::port::ChoiceEntry] = &[];
                fn index(&self) -> usize {
                    0
                }
                fn from_index(_: usize) -> ::core::option::Option<Self> {
                    ::core::option::Option::None
                }
            }
            #value
        }
    }
}

impl Entry {
    fn read(
        variant: Variant,
        rename: Option<Rename>,
        description_of_all: Option<&String>,
        errors: &mut Errors,
    ) -> Self {
        if !matches!(variant.fields, Fields::Unit) {
            errors.on(
                &variant.fields,
                "a choice is sent as one text, so its variants hold nothing; `derive(Union)` is for variants that hold \
                 one value each",
            );
        }
        for field in &variant.fields {
            attribute::refuse(
                &field.attrs,
                "choice",
                "`#[choice]` describes the enum or a variant; put it in front of the variant",
                errors,
            );
        }
        let (mut value, mut label, mut description, mut image) = (None, None, None, None);
        for argument in attribute::read_named(&variant.attrs, "choice", &VARIANT, errors) {
            match argument.key.to_string().as_str() {
                "value" => value = argument.string(errors),
                "label" => label = argument.string(errors),
                "description" => description = argument.string(errors),
                _ => image = argument.string(errors),
            }
        }
        let text = |text: LitStr| text.value();
        let name = variant.ident.unraw().to_string();
        let documented = doc::text(&variant.attrs, errors).or_else(|| description_of_all.cloned());
        Self {
            said: value.as_ref().map_or_else(|| variant.ident.to_token_stream(), ToTokens::to_token_stream),
            value: value
                .map_or_else(|| rename.map_or_else(|| name.clone(), |rename| rename.apply(&name)), text),
            ident: variant.ident,
            label: label.map(text),
            description: description.map(text).or(documented),
            image: image.map(text),
        }
    }
}
