//! Effects: `effect(hide, function = "(x) => …")`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};
use syn::parse::ParseStream;
use syn::{Expr, LitStr};

use super::validator::Arrow;
use crate::arguments::{self, Argument, Key, Value};
use crate::errors::Errors;

/// What a user interface does depending on values.
#[derive(Debug)]
pub(crate) enum Effect {
    Hide {
        arrow: Arrow,
        fade: Option<bool>,
    },
    Message {
        arrow: Arrow,
        message: LitStr,
        fade: Option<bool>,
    },
    Custom {
        arrow: Arrow,
        hook: LitStr,
        ward: LitStr,
        fade: Option<bool>,
    },
    /// A constant of the user.
    Constant(Expr),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Hide,
    Message,
    Custom,
}

const FORM: &str = "`effect(hide, function = \"(x) => …\")`, `effect(message, function = \"…\", message = \"…\")` or \
                    `effect(custom, function = \"…\", hook = \"…\", ward = \"…\")`";
const FUNCTION: Key = Key::new("function", "function = \"(x) => …\"");
const DEPENDENCIES: Key = Key::new("dependencies", "dependencies = [\"…\", …]");
const FADE: Key = Key::new("fade", "fade = true");

/// `effect(…)`, or a constant.
pub(crate) fn effect(argument: Argument, errors: &mut Errors) -> Option<Effect> {
    let (key, tokens) = match argument.value() {
        (_, Value::Expression(constant)) => return Some(Effect::Constant(constant)),
        (key, Value::List(tokens)) => (key, tokens),
        (key, _) => {
            errors.on(key, format!("expected {FORM}"));
            return None;
        }
    };
    let kind = kind_of(tokens.stream());
    let keys: Vec<Key> = match kind {
        Some(Kind::Message) => {
            vec![FUNCTION, DEPENDENCIES, FADE, Key::new("message", "message = \"…\"")]
        }
        Some(Kind::Custom) => {
            vec![
                FUNCTION,
                DEPENDENCIES,
                FADE,
                Key::new("hook", "hook = \"…\""),
                Key::new("ward", "ward = \"…\""),
            ]
        }
        _ => vec![FUNCTION, DEPENDENCIES, FADE],
    };
    let (_, arguments) = arguments::parse_after(tokens.stream(), &keys, errors, kind_word);
    let kind = kind?;
    let (mut function, mut dependencies, mut fade) = (None, Vec::new(), None);
    let (mut message, mut hook, mut ward) = (None, None, None);
    let mut said: Vec<String> = Vec::new();
    for argument in arguments {
        let name = argument.key.to_string();
        match name.as_str() {
            "function" => function = argument.string(errors),
            "dependencies" => dependencies = argument.strings(errors),
            "fade" => fade = Some(argument.flag(errors)),
            "message" => message = argument.string(errors),
            "hook" => hook = argument.string(errors),
            _ => ward = argument.string(errors),
        }
        said.push(name);
    }
    let needed: &[&str] = match kind {
        Kind::Hide => &["function"],
        Kind::Message => &["function", "message"],
        Kind::Custom => &["function", "hook", "ward"],
    };
    for needed in needed {
        if !said.iter().any(|said| said == needed) {
            errors.on(&key, format!("this effect needs `{needed} = \"…\"`"));
        }
    }
    let arrow = Arrow { function: function?, dependencies };
    arrow.check(errors);
    Some(match kind {
        Kind::Hide => Effect::Hide { arrow, fade },
        Kind::Message => Effect::Message { arrow, message: message?, fade },
        Kind::Custom => Effect::Custom { arrow, hook: hook?, ward: ward?, fade },
    })
}

/// The kind, if it is one: which arguments there are depends on it.
fn kind_of(tokens: TokenStream) -> Option<Kind> {
    match tokens.into_iter().next()?.to_string().as_str() {
        "hide" => Some(Kind::Hide),
        "message" => Some(Kind::Message),
        "custom" => Some(Kind::Custom),
        _ => None,
    }
}

fn kind_word(input: ParseStream<'_>) -> syn::Result<()> {
    let word: Ident =
        input.parse().map_err(|error| syn::Error::new(error.span(), format!("expected {FORM}")))?;
    match kind_of(word.to_token_stream()) {
        Some(_) => Ok(()),
        None => Err(syn::Error::new_spanned(
            &word,
            format!("unknown effect `{word}`, expected one of: `hide`, `message`, `custom`"),
        )),
    }
}

impl Effect {
    pub(crate) fn dependencies(&self) -> &[LitStr] {
        match self {
            Self::Hide { arrow, .. } | Self::Message { arrow, .. } | Self::Custom { arrow, .. } => {
                &arrow.dependencies
            }
            Self::Constant(_) => &[],
        }
    }

    /// Whether it is a constant of the user, which the compiler alone can look into.
    pub(crate) fn is_constant(&self) -> bool {
        matches!(self, Self::Constant(_))
    }

    pub(crate) fn expand(&self, core: &TokenStream) -> TokenStream {
        let effect = quote!(#core::port::Effect);
        let (made, fade) = match self {
            Self::Constant(constant) => return constant.to_token_stream(),
            Self::Hide { arrow, fade } => {
                let arrow = arrow.expand();
                (quote!(#effect::hide(#arrow)), fade)
            }
            Self::Message { arrow, message, fade } => {
                let arrow = arrow.expand();
                (quote!(#effect::message(#arrow, #message)), fade)
            }
            Self::Custom { arrow, hook, ward, fade } => {
                let arrow = arrow.expand();
                (quote!(#effect::custom(#arrow, #hook, #ward)), fade)
            }
        };
        let fade = fade.map(|fade| quote!(.fading(#fade)));
        quote!(#made #fade)
    }
}
