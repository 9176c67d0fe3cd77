//! Validators: `validate(function = "(x) => …")`, `gt = 3`, `len(min = 1, max = 3)`; and arrow functions.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::{Expr, LitStr};

use super::arrow::parameters;
use crate::arguments::{self, Argument, Key, Number, NumberValue, Value};
use crate::errors::Errors;

/// A check of a value.
#[derive(Debug)]
pub(crate) enum Validator {
    Bound(Bound),
    Len {
        min: Option<u64>,
        max: Option<u64>,
        span: Span,
    },
    JavaScript {
        arrow: Arrow,
        label: Option<LitStr>,
        message: Option<LitStr>,
    },
    /// A constant of the user.
    Constant(Expr),
}

/// `gt = 3` and its like.
#[derive(Debug)]
pub(crate) struct Bound {
    /// `gt`, `ge`, `lt` or `le`.
    pub(super) name: &'static str,
    pub(super) bound: Number,
    pub(super) span: Span,
}

/// An arrow function, and the ports whose values it takes beside its own.
#[derive(Debug)]
pub(crate) struct Arrow {
    pub(super) function: LitStr,
    pub(super) dependencies: Vec<LitStr>,
}

const BOUNDS: [&str; 4] = ["gt", "ge", "lt", "le"];

/// `gt = 3` and its like.
pub(super) fn bound(argument: Argument, errors: &mut Errors) -> Option<Validator> {
    let name = BOUNDS.into_iter().find(|name| argument.key == name)?;
    let span = argument.key.span();
    let (_, value) = argument.value();
    let Value::Expression(value) = value else {
        errors.at(span, format!("expected a value: `{name} = 3`"));
        return None;
    };
    let Some(bound) = arguments::number(&value) else {
        errors.on(
            value,
            format!(
                "`{name}` takes a number literal; with a constant it is written \
                 `validate = Validator::{name}(Number::int(LIMIT))`"
            ),
        );
        return None;
    };
    Some(Validator::Bound(Bound { name, bound, span }))
}

/// `len(min = 1, max = 3)`.
pub(super) fn len(argument: Argument, errors: &mut Errors) -> Option<Validator> {
    const KEYS: [Key; 2] = [Key::new("min", "min = 1"), Key::new("max", "max = 3")];
    let (key, Value::List(tokens)) = argument.value() else { return None };
    let (mut min, mut max) = (None, None);
    let mut said = 0;
    for argument in arguments::parse(tokens.stream(), &KEYS, errors) {
        said += 1;
        let is_min = argument.key == "min";
        let Some(number) = argument.number(errors) else { continue };
        let length = match number.value {
            NumberValue::Int(int) => u64::try_from(int).ok(),
            NumberValue::Float(_) => None,
        };
        let Some(length) = length else {
            errors.on(number.tokens, "a length is a whole number, 0 or more");
            continue;
        };
        if is_min { min = Some((length, number)) } else { max = Some((length, number)) }
    }
    if said == 0 {
        errors.on(&key, "a length needs a bound: `len(min = 1)`, `len(max = 3)`, or both");
    }
    if let (Some((min, _)), Some((max, number))) = (&min, &max)
        && min > max
    {
        errors.on(&number.tokens, format!("the `max` of the length is less than its `min`, {min}"));
        return None;
    }
    if min.is_none() && max.is_none() {
        return None;
    }
    let length = |bound: Option<(u64, Number)>| bound.map(|(length, _)| length);
    Some(Validator::Len { min: length(min), max: length(max), span: key.span() })
}

/// `validate(function = "…", message = "…", label = "…", dependencies = ["…"])`, or a constant.
pub(super) fn validate(argument: Argument, errors: &mut Errors) -> Option<Validator> {
    const KEYS: [Key; 4] = [
        Key::new("function", "function = \"(x) => …\""),
        Key::new("message", "message = \"…\""),
        Key::new("label", "label = \"…\""),
        Key::new("dependencies", "dependencies = [\"…\", …]"),
    ];
    let (key, tokens) = match argument.value() {
        (_, Value::Expression(constant)) => return Some(Validator::Constant(constant)),
        (key, Value::List(tokens)) => (key, tokens),
        (key, _) => {
            errors.on(key, "expected `validate(function = \"(x) => …\", message = \"…\")`");
            return None;
        }
    };
    let (mut function, mut message, mut label, mut dependencies) = (None, None, None, Vec::new());
    let mut has_function = false;
    for argument in arguments::parse(tokens.stream(), &KEYS, errors) {
        match argument.key.to_string().as_str() {
            "function" => {
                has_function = true;
                function = argument.string(errors);
            }
            "message" => message = argument.string(errors),
            "label" => label = argument.string(errors),
            _ => dependencies = argument.strings(errors),
        }
    }
    if !has_function {
        errors.on(key, "a validator needs its function: `validate(function = \"(x) => x > 3\")`");
    }
    let arrow = Arrow { function: function?, dependencies };
    arrow.check(errors);
    Some(Validator::JavaScript { arrow, label, message })
}

impl Arrow {
    /// Reports what is no arrow function, or takes another number of parameters than it will be given.
    pub(super) fn check(&self, errors: &mut Errors) {
        let expected = 1 + self.dependencies.len();
        match parameters(&self.function.value()) {
            None => errors.on(&self.function, "expected an arrow function, such as `(x) => x > 3`"),
            Some(parameters) if parameters != expected => errors.on(
                &self.function,
                format!(
                    "the function takes {}, and will be given {expected}: the value{}",
                    counted(parameters),
                    match self.dependencies.len() {
                        0 => String::new(),
                        1 => ", and that of its dependency".to_owned(),
                        several => format!(", and those of its {several} dependencies"),
                    }
                ),
            ),
            Some(_) => {}
        }
    }

    /// The function and its dependencies as arguments of a constructor.
    pub(super) fn expand(&self) -> TokenStream {
        let Self { function, dependencies } = self;
        quote!(#function, &[#(#dependencies),*])
    }
}

fn counted(parameters: usize) -> String {
    match parameters {
        0 => "no parameters".to_owned(),
        1 => "1 parameter".to_owned(),
        several => format!("{several} parameters"),
    }
}

impl Validator {
    pub(super) fn dependencies(&self) -> &[LitStr] {
        match self {
            Self::JavaScript { arrow, .. } => &arrow.dependencies,
            _ => &[],
        }
    }

    pub(super) fn expand(&self, core: &TokenStream) -> TokenStream {
        let validator = quote!(#core::port::Validator);
        match self {
            Self::Bound(Bound { name, bound, .. }) => {
                let name = format_ident!("{name}");
                let kind = match bound.value {
                    NumberValue::Int(_) => quote!(int),
                    NumberValue::Float(_) => quote!(float),
                };
                let bound = &bound.tokens;
                quote!(#validator::#name(#core::port::Number::#kind(#bound)))
            }
            Self::Len { min, max, .. } => {
                let bound = |bound: &Option<u64>| match bound {
                    Some(bound) => quote!(::core::option::Option::Some(#bound)),
                    None => quote!(::core::option::Option::None),
                };
                let (min, max) = (bound(min), bound(max));
                quote!(#validator::len(#min, #max))
            }
            Self::JavaScript { arrow, label, message } => {
                let arrow = arrow.expand();
                let label = label.as_ref().map(|label| quote!(.labelled(#label)));
                let message = message.as_ref().map(|message| quote!(.with_message(#message)));
                quote!(#validator::javascript(#arrow) #label #message)
            }
            Self::Constant(constant) => constant.to_token_stream(),
        }
    }
}
