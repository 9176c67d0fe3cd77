//! What can be checked without the compiler: bounds and widgets against types that are written out, and literal defaults
//! against bounds and choices. What hides behind a type of the user's own is checked by constants in the core.

use quote::ToTokens as _;
use syn::{Lit, Type};

use super::choice::{Choice, Scalar};
use super::options::PortOptions;
use super::validator::{Bound, Validator};
use super::widget::AssignWidget;
use crate::arguments::{Number, literal, number};
use crate::errors::Errors;
use crate::types::{arguments_of, is_one_of, ungroup};

/// What is known of a type from how it is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known<'t> {
    Number,
    Text,
    Truth,
    List(&'t Type),
    Dict(&'t Type),
    Unknown,
}

const NUMBERS: [&str; 14] =
    ["i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize", "f32", "f64"];

impl<'t> Known<'t> {
    pub(super) fn of(ty: &'t Type) -> Self {
        let ty = ungroup(ty);
        for wrapper in ["Option", "Box", "Arc"] {
            if let Some([inner]) = arguments_of(ty, wrapper).as_deref() {
                return Self::of(inner);
            }
        }
        for list in ["Vec", "VecDeque", "HashSet", "BTreeSet"] {
            if let Some([item, ..]) = arguments_of(ty, list).as_deref() {
                return Self::List(item);
            }
        }
        for dict in ["HashMap", "BTreeMap", "IndexMap"] {
            if let Some([_, item, ..]) = arguments_of(ty, dict).as_deref() {
                return Self::Dict(item);
            }
        }
        match ty {
            Type::Array(array) => Self::List(&array.elem),
            ty if is_one_of(ty, &NUMBERS) => Self::Number,
            ty if is_one_of(ty, &["String"]) => Self::Text,
            ty if is_one_of(ty, &["bool"]) => Self::Truth,
            _ => Self::Unknown,
        }
    }

    pub(super) fn item(self) -> Option<&'t Type> {
        match self {
            Self::List(item) | Self::Dict(item) => Some(item),
            _ => None,
        }
    }

    /// What it is, where that is known and not a number.
    fn but_number(self) -> Option<&'static str> {
        match self {
            Self::Number | Self::Unknown => None,
            other => Some(other.words()),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Truth => "true or false",
            Self::List(_) => "a list",
            Self::Dict(_) => "a mapping",
            Self::Unknown => "something else",
        }
    }
}

/// Reports what does not fit together.
pub(super) fn check(options: &PortOptions, ty: Option<&Type>, errors: &mut Errors) {
    let known = ty.map_or(Known::Unknown, Known::of);
    for validator in &options.validators {
        match validator {
            Validator::Bound(Bound { name, span, .. }) => {
                if let Some(is) = known.but_number() {
                    let instead = match known {
                        Known::Text => "; its length is bounded by `len(min = …, max = …)`",
                        Known::List(_) => {
                            "; its items are bounded by `item(…)`, its length by `len(min = …, max = …)`"
                        }
                        Known::Dict(_) => "; its values are bounded by `item(…)`",
                        _ => "",
                    };
                    errors.at(*span, format!("`{name}` bounds a number, and this is {is}{instead}"));
                }
            }
            Validator::Len { span, .. } => {
                if matches!(known, Known::Number | Known::Truth | Known::Dict(_)) {
                    let is = known.words();
                    errors.at(*span, format!("`len` bounds the length of a text or list, and this is {is}"));
                }
            }
            Validator::JavaScript { .. } | Validator::Constant(_) => {}
        }
    }
    let contradicts = check_contradiction(options, errors);
    check_widget(options, known, errors);
    if options.item.is_some() && matches!(known, Known::Number | Known::Text | Known::Truth) {
        let span = options.span.unwrap_or_else(proc_macro2::Span::call_site);
        let is = known.words();
        errors.at(span, format!("`item(…)` is about the items of a list or mapping, and this is {is}"));
    }
    // No default keeps bounds that contradict each other.
    if let Some(default) = options.default.as_ref().filter(|_| !contradicts) {
        check_default(default, options, errors);
    }
}

fn check_widget(options: &PortOptions, known: Known<'_>, errors: &mut Errors) {
    let (span, problem) = match (&options.widget, known) {
        (Some(AssignWidget::Slider { min, .. }), known) => match known.but_number() {
            Some(is) => (min.tokens.clone(), format!("a slider asks for a number, and this is {is}")),
            None => return,
        },
        (Some(AssignWidget::Choice(choices)), known) => {
            for choice in choices {
                let never = matches!(
                    (&choice.value, known),
                    (Scalar::String(_), Known::Number | Known::Truth)
                        | (Scalar::Number(_), Known::Text | Known::Truth)
                        | (Scalar::Bool(_), Known::Text | Known::Number)
                        | (_, Known::List(_) | Known::Dict(_))
                );
                if never {
                    errors.on(
                        choice.value.tokens(),
                        format!(
                            "{} can never be chosen here: this is {}",
                            choice.value.tokens(),
                            known.words()
                        ),
                    );
                }
            }
            return;
        }
        (
            Some(AssignWidget::String { .. }),
            Known::Number | Known::Truth | Known::List(_) | Known::Dict(_),
        ) => {
            let span = options.span.unwrap_or_else(proc_macro2::Span::call_site);
            errors.at(span, format!("a `string` widget asks for a text, and this is {}", known.words()));
            return;
        }
        _ => return,
    };
    errors.on(span, problem);
}

/// Whether there are bounds that no number keeps. The ends of a slider are bounds too.
fn check_contradiction(options: &PortOptions, errors: &mut Errors) -> bool {
    let mut lows: Vec<(&str, &Number)> = Vec::new();
    let mut highs: Vec<(&str, &Number)> = Vec::new();
    for validator in &options.validators {
        match validator {
            Validator::Bound(Bound { name: name @ ("gt" | "ge"), bound, .. }) => lows.push((*name, bound)),
            Validator::Bound(Bound { name, bound, .. }) => highs.push((*name, bound)),
            _ => {}
        }
    }
    if let Some(AssignWidget::Slider { min, max, .. }) = &options.widget {
        lows.push(("min", min));
        highs.push(("max", max));
    }
    let mut contradicts = false;
    for (low, least) in &lows {
        for (high, most) in &highs {
            let includes_both = *low != "gt" && *high != "lt";
            let order = least.compare(most);
            if order.is_gt() || (order.is_eq() && !includes_both) {
                let (least, most_tokens) = (&least.tokens, &most.tokens);
                errors.on(
                    most_tokens,
                    format!("no number is both `{low} = {least}` and `{high} = {most_tokens}`"),
                );
                contradicts = true;
            }
        }
    }
    contradicts
}

/// A default that is a literal, against bounds and choices.
fn check_default(default: &syn::Expr, options: &PortOptions, errors: &mut Errors) {
    let given = number(default);
    let text = match literal(default) {
        Some(Lit::Str(text)) => Some(text.value()),
        _ => None,
    };
    let truth = match literal(default) {
        Some(Lit::Bool(truth)) => Some(truth.value),
        _ => None,
    };
    if given.is_none() && text.is_none() && truth.is_none() {
        return;
    }
    let mut refuse = |expected: String| {
        errors.on(default, format!("the default is {}, expected {expected}", default.to_token_stream()));
    };
    for validator in &options.validators {
        match (validator, &given, &text) {
            (Validator::Bound(bound), Some(given), _) if !bound.takes(given) => {
                refuse(format!("a number that keeps `{} = {}`", bound.name, bound.bound.tokens));
            }
            (Validator::Len { min, max, .. }, _, Some(text)) => {
                let length = text.encode_utf16().count() as u64;
                if min.is_some_and(|min| length < min) || max.is_some_and(|max| length > max) {
                    refuse("a length within the bounds of `len`".to_owned());
                }
            }
            _ => {}
        }
    }
    match &options.widget {
        Some(AssignWidget::Slider { min, max, .. })
            if given
                .as_ref()
                .is_some_and(|given| given.compare(min).is_lt() || given.compare(max).is_gt()) =>
        {
            refuse(format!("a number from {} to {}, as on its slider", min.tokens, max.tokens));
        }
        Some(AssignWidget::Choice(choices)) => {
            let is = |choice: &Choice| match (&choice.value, &given, &text) {
                (Scalar::String(one), _, Some(text)) => one.value() == *text,
                (Scalar::Number(one), Some(given), _) => one.compare(given).is_eq(),
                (Scalar::Bool(one), _, _) => truth == Some(one.value),
                _ => false,
            };
            if !choices.iter().any(is) {
                let listed: Vec<String> =
                    choices.iter().map(|choice| choice.value.tokens().to_string()).collect();
                refuse(format!("one of {}", listed.join(", ")));
            }
        }
        _ => {}
    }
}

impl Bound {
    fn takes(&self, given: &Number) -> bool {
        let order = given.compare(&self.bound);
        match self.name {
            "gt" => order.is_gt(),
            "ge" => order.is_ge(),
            "lt" => order.is_lt(),
            _ => order.is_le(),
        }
    }
}
