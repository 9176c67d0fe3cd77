//! Widgets: `slider(min = 0, max = 10)`, `custom(hook = "…", ward = "…")`.

use proc_macro2::{Group, Ident, Literal, TokenStream};
use quote::{ToTokens as _, quote};
use syn::{Expr, LitStr};

use super::choice::{self, Choice};
use super::search::{self, Search};
use super::unknown_word;
use crate::arguments::{self, Argument, Key, Number, Value};
use crate::errors::Errors;

/// How forms ask for a value.
#[derive(Debug)]
pub(crate) enum AssignWidget {
    Slider {
        min: Number,
        max: Number,
        step: Option<Number>,
    },
    Search(Search),
    Choice(Vec<Choice>),
    String {
        placeholder: Option<LitStr>,
        paragraph: bool,
    },
    Custom {
        hook: LitStr,
        ward: LitStr,
    },
    /// A constant of the user.
    Constant(Expr),
}

/// How user interfaces show a value.
#[derive(Debug)]
pub(crate) enum ReturnWidget {
    Choice(Vec<Choice>),
    Custom {
        hook: LitStr,
        ward: LitStr,
    },
    /// A constant of the user.
    Constant(Box<Expr>),
}

const ASSIGN_WIDGETS: [&str; 5] = ["slider", "search", "choice", "string", "custom"];
const RETURN_WIDGETS: [&str; 2] = ["choice", "custom"];

/// `widget = …`.
pub(super) fn assign_widget(argument: Argument, errors: &mut Errors) -> Option<AssignWidget> {
    let (name, tokens) = match argument.value() {
        (_, Value::Expression(constant)) => return Some(AssignWidget::Constant(constant)),
        (_, Value::Call(name, tokens)) => (name, tokens),
        (key, _) => {
            errors.on(key, "expected a value: `widget = slider(min = 0, max = 10)`");
            return None;
        }
    };
    match name.to_string().as_str() {
        "slider" => slider(&name, tokens, errors),
        "search" => search::parse(&name, tokens, errors).map(AssignWidget::Search),
        "choice" => choice::parse(&name, tokens, errors).map(AssignWidget::Choice),
        "string" => Some(string(tokens, errors)),
        "custom" => custom(&name, tokens, errors).map(|(hook, ward)| AssignWidget::Custom { hook, ward }),
        _ => {
            unknown_word(&name, "widget", &ASSIGN_WIDGETS, errors);
            None
        }
    }
}

/// `return_widget = …`.
pub(super) fn return_widget(argument: Argument, errors: &mut Errors) -> Option<ReturnWidget> {
    let (name, tokens) = match argument.value() {
        (_, Value::Expression(constant)) => return Some(ReturnWidget::Constant(Box::new(constant))),
        (_, Value::Call(name, tokens)) => (name, tokens),
        (key, _) => {
            errors.on(key, "expected a value: `return_widget = custom(hook = \"…\", ward = \"…\")`");
            return None;
        }
    };
    match name.to_string().as_str() {
        "choice" => choice::parse(&name, tokens, errors).map(ReturnWidget::Choice),
        "custom" => custom(&name, tokens, errors).map(|(hook, ward)| ReturnWidget::Custom { hook, ward }),
        _ => {
            unknown_word(&name, "return widget", &RETURN_WIDGETS, errors);
            None
        }
    }
}

fn slider(name: &Ident, tokens: Group, errors: &mut Errors) -> Option<AssignWidget> {
    const KEYS: [Key; 3] =
        [Key::new("min", "min = 0"), Key::new("max", "max = 10"), Key::new("step", "step = 2")];
    let (mut min, mut max, mut step) = (None, None, None);
    let mut said = [false; 2];
    for argument in arguments::parse(tokens.stream(), &KEYS, errors) {
        match argument.key.to_string().as_str() {
            "min" => {
                said[0] = true;
                min = argument.number(errors);
            }
            "max" => {
                said[1] = true;
                max = argument.number(errors);
            }
            _ => step = argument.number(errors),
        }
    }
    if said != [true; 2] {
        errors.on(name, "a slider needs both ends: `slider(min = 0, max = 10)`");
    }
    if let (Some(min), Some(max)) = (&min, &max)
        && min.as_f64() > max.as_f64()
    {
        errors.on(&max.tokens, format!("the `max` of the slider is less than its `min`, {}", min.tokens));
        return None;
    }
    if let Some(step) = step.as_ref().filter(|step| step.as_f64() <= 0.0) {
        errors.on(&step.tokens, "the `step` of a slider has to be more than 0");
        return None;
    }
    Some(AssignWidget::Slider { min: min?, max: max?, step })
}

fn string(tokens: Group, errors: &mut Errors) -> AssignWidget {
    const KEYS: [Key; 2] =
        [Key::new("placeholder", "placeholder = \"…\""), Key::new("paragraph", "paragraph = true")];
    let (mut placeholder, mut paragraph) = (None, false);
    for argument in arguments::parse(tokens.stream(), &KEYS, errors) {
        match argument.key.to_string().as_str() {
            "placeholder" => placeholder = argument.string(errors),
            _ => paragraph = argument.flag(errors),
        }
    }
    AssignWidget::String { placeholder, paragraph }
}

fn custom(name: &Ident, tokens: Group, errors: &mut Errors) -> Option<(LitStr, LitStr)> {
    const KEYS: [Key; 2] = [Key::new("hook", "hook = \"…\""), Key::new("ward", "ward = \"…\"")];
    let (mut hook, mut ward) = (None, None);
    let mut said = 0;
    for argument in arguments::parse(tokens.stream(), &KEYS, errors) {
        said += 1;
        match argument.key.to_string().as_str() {
            "hook" => hook = argument.string(errors),
            _ => ward = argument.string(errors),
        }
    }
    if said < 2 {
        errors.on(name, "a custom widget needs both: `custom(hook = \"…\", ward = \"…\")`");
    }
    hook.zip(ward)
}

impl AssignWidget {
    pub(super) fn dependencies(&self) -> &[LitStr] {
        match self {
            Self::Search(search) => &search.dependencies,
            _ => &[],
        }
    }

    pub(super) fn expand(&self, core: &TokenStream) -> TokenStream {
        let widget = quote!(#core::port::AssignWidget);
        match self {
            Self::Slider { min, max, step } => {
                let float = |number: &Number| {
                    let magnitude = Literal::f64_suffixed(number.as_f64().abs());
                    let minus = (number.as_f64() < 0.0).then(|| quote!(-));
                    quote!(#minus #magnitude)
                };
                let (min, max) = (float(min), float(max));
                let step = step.as_ref().map(float).map(|step| quote!(.step(#step)));
                quote!(#widget::slider(#min, #max) #step)
            }
            Self::Search(search) => search.expand(core),
            Self::Choice(choices) => {
                let choices = choice::expand(choices, core);
                quote!(#widget::choice(#choices))
            }
            Self::String { placeholder, paragraph } => {
                let kind = if *paragraph { quote!(paragraph) } else { quote!(string) };
                let placeholder = placeholder.as_ref().map(|text| quote!(.placeholder(#text)));
                quote!(#widget::#kind() #placeholder)
            }
            Self::Custom { hook, ward } => quote!(#widget::custom(#hook, #ward)),
            Self::Constant(constant) => constant.to_token_stream(),
        }
    }
}

impl ReturnWidget {
    pub(super) fn expand(&self, core: &TokenStream) -> TokenStream {
        let widget = quote!(#core::port::ReturnWidget);
        match self {
            Self::Choice(choices) => {
                let choices = choice::expand(choices, core);
                quote!(#widget::choice(#choices))
            }
            Self::Custom { hook, ward } => quote!(#widget::custom(#hook, #ward)),
            Self::Constant(constant) => constant.to_token_stream(),
        }
    }
}
