//! Choices, and literals that can be sent: `choice("a", option("b", label = "B"))`.

use proc_macro2::{Group, Ident, TokenStream};
use quote::{ToTokens as _, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, LitStr, Token};

use crate::arguments::{self, Key, Number, NumberValue};
use crate::errors::Errors;

/// One choice of a widget.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(super) value: Scalar,
    label: Option<LitStr>,
    description: Option<LitStr>,
    image: Option<LitStr>,
}

/// A literal that can be sent.
#[derive(Debug, Clone)]
pub(crate) enum Scalar {
    String(LitStr),
    Number(Number),
    Bool(syn::LitBool),
}

/// What stands between the parentheses of `choice(…)`.
pub(super) fn parse(name: &Ident, tokens: Group, errors: &mut Errors) -> Option<Vec<Choice>> {
    let written = match arguments::inside(&tokens, Punctuated::<WrittenChoice, Token![,]>::parse_terminated) {
        Ok(written) => written,
        Err(error) => {
            errors.push(error);
            return None;
        }
    };
    if written.is_empty() {
        errors.on(name, "there is nothing to choose from: `choice(\"a\", \"b\")`");
        return None;
    }
    let mut choices: Vec<Choice> = Vec::new();
    for written in written {
        let choice = written.check(errors);
        if choices.iter().any(|earlier| earlier.value.text() == choice.value.text()) {
            errors.on(choice.value.tokens(), format!("{} is a choice already", choice.value.tokens()));
        }
        choices.push(choice);
    }
    Some(choices)
}

/// `"a"`, or `option("a", label = "A", description = "…", image = "…")`.
struct WrittenChoice {
    value: Scalar,
    details: TokenStream,
}

impl Parse for WrittenChoice {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(syn::Ident) || input.peek(syn::LitBool) {
            return Ok(Self { value: input.parse()?, details: TokenStream::new() });
        }
        let word: Ident = input.parse()?;
        if word != "option" || !input.peek(syn::token::Paren) {
            return Err(syn::Error::new_spanned(
                word,
                "expected a literal, or `option(\"…\", label = \"…\", description = \"…\", image = \"…\")`",
            ));
        }
        let content;
        syn::parenthesized!(content in input);
        let value = content.parse()?;
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
        Ok(Self { value, details: content.parse()? })
    }
}

impl WrittenChoice {
    fn check(self, errors: &mut Errors) -> Choice {
        const KEYS: [Key; 3] = [
            Key::new("label", "label = \"…\""),
            Key::new("description", "description = \"…\""),
            Key::new("image", "image = \"…\""),
        ];
        let mut choice = Choice { value: self.value, label: None, description: None, image: None };
        for argument in arguments::parse(self.details, &KEYS, errors) {
            match argument.key.to_string().as_str() {
                "label" => choice.label = argument.string(errors),
                "description" => choice.description = argument.string(errors),
                _ => choice.image = argument.string(errors),
            }
        }
        choice
    }
}

impl Parse for Scalar {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let value: Expr = input.parse()?;
        if let Some(number) = arguments::number(&value) {
            return Ok(Self::Number(number));
        }
        match arguments::literal(&value) {
            Some(Lit::Str(text)) => Ok(Self::String(text.clone())),
            Some(Lit::Bool(flag)) => Ok(Self::Bool(flag.clone())),
            _ => {
                Err(syn::Error::new_spanned(value, "expected a literal: a text, a number, `true` or `false`"))
            }
        }
    }
}

impl Scalar {
    pub(super) fn tokens(&self) -> TokenStream {
        match self {
            Self::String(text) => text.to_token_stream(),
            Self::Number(number) => number.tokens.clone(),
            Self::Bool(flag) => flag.to_token_stream(),
        }
    }

    /// As people read it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::String(text) => text.value(),
            other => other.tokens().to_string().replace("- ", "-"),
        }
    }

    pub(super) fn expand(&self, core: &TokenStream) -> TokenStream {
        match self {
            Self::String(text) => quote!(#core::port::Scalar::String(#text)),
            Self::Bool(flag) => quote!(#core::port::Scalar::Bool(#flag)),
            Self::Number(number) => {
                let tokens = &number.tokens;
                match number.value {
                    NumberValue::Int(_) => quote!(#core::port::Scalar::Int(#tokens)),
                    NumberValue::Float(_) => quote!(#core::port::Scalar::Float(#tokens)),
                }
            }
        }
    }
}

impl Choice {
    fn expand(&self, core: &TokenStream) -> TokenStream {
        let value = self.value.expand(core);
        let label = self.label.as_ref().map_or_else(|| self.value.text(), LitStr::value);
        let description = self.description.as_ref().map(|text| quote!(.described(#text)));
        let image = self.image.as_ref().map(|url| quote!(.with_image(#url)));
        quote!(#core::port::ChoiceEntry::new(#value, #label) #description #image)
    }
}

/// The choices as a constant.
pub(super) fn expand(choices: &[Choice], core: &TokenStream) -> TokenStream {
    let choices = choices.iter().map(|choice| choice.expand(core));
    quote!(&[#(#choices),*])
}
