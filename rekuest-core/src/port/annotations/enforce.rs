//! Bounds and choices, checked on the JSON of a value before it is read.

use std::cmp::Ordering;

use serde_json::value::RawValue;

use super::{Annotations, AssignWidgetKind, Check};
use crate::arguments::Entries;
use crate::port::widget::ChoiceEntry;
use crate::port::{Number, Rule, Scalar};
use crate::value::{ValueError, boolean, integer, number, unquoted};

pub(super) fn enforce(annotations: &Annotations, value: &RawValue) -> Result<(), ValueError> {
    if value.get() == "null" {
        return Ok(());
    }
    for validator in annotations.validators {
        if let Check::Rule(rule) = &validator.check {
            follow(rule, value)?;
        }
    }
    match annotations.widget.map(|widget| widget.kind) {
        Some(AssignWidgetKind::Slider { min, max, .. }) => {
            follow(&Rule::Ge(end_of_slider(min)), value)?;
            follow(&Rule::Le(end_of_slider(max)), value)?;
        }
        Some(AssignWidgetKind::Choice(choices)) => choose(choices, value)?,
        _ => {}
    }
    match annotations.item {
        Some(item) => enforce_items(item, value),
        None => Ok(()),
    }
}

/// The end of a slider, as people write it: `10`, and not `10.0`.
fn end_of_slider(end: f64) -> Number {
    // Up to 2^53 whole numbers are exact.
    if end.fract() == 0.0 && end.abs() <= 9_007_199_254_740_992.0 {
        Number::Int(end as i128)
    } else {
        Number::Float(end)
    }
}

/// What is said about items, for each of them.
fn enforce_items(item: &Annotations, value: &RawValue) -> Result<(), ValueError> {
    if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
        for (index, value) in items.into_iter().enumerate() {
            item.enforce(value).map_err(|error| error.at_index(index))?;
        }
    } else if let Ok(Entries(entries)) = serde_json::from_str(value.get()) {
        for (key, value) in entries {
            item.enforce(value).map_err(|error| error.at_key(key))?;
        }
    }
    Ok(())
}

impl Rule {
    /// Checks a value that is not null.
    ///
    /// # Errors
    /// With the bound and what came. A value of another kind than the rule is about passes.
    pub fn check(&self, value: &RawValue) -> Result<(), ValueError> {
        follow(self, value)
    }

    /// What a value has to be: `a number greater than 3`.
    pub fn expectation(&self) -> String {
        match self {
            Self::Gt(bound) => format!("a number greater than {bound}"),
            Self::Ge(bound) => format!("a number of at least {bound}"),
            Self::Lt(bound) => format!("a number less than {bound}"),
            Self::Le(bound) => format!("a number of at most {bound}"),
            Self::Len { min, max } => match (min, max) {
                (Some(min), Some(max)) if min == max => format!("a length of {min}"),
                (Some(min), Some(max)) => format!("a length from {min} to {max}"),
                (None, Some(max)) => format!("a length of at most {max}"),
                (min, None) => format!("a length of at least {}", min.unwrap_or_default()),
            },
        }
    }
}

fn follow(rule: &Rule, value: &RawValue) -> Result<(), ValueError> {
    let follows = match rule {
        Rule::Gt(bound) => compare(value, *bound).map(Ordering::is_gt),
        Rule::Ge(bound) => compare(value, *bound).map(Ordering::is_ge),
        Rule::Lt(bound) => compare(value, *bound).map(Ordering::is_lt),
        Rule::Le(bound) => compare(value, *bound).map(Ordering::is_le),
        Rule::Len { min, max } => length(value)
            .map(|length| min.is_none_or(|min| length >= min) && max.is_none_or(|max| length <= max)),
    };
    match follows {
        Some(false) => Err(ValueError::expected_json(rule.expectation(), value)),
        Some(true) | None => Ok(()),
    }
}

/// How a number compares to a bound, read as a port would read it. Whole numbers are compared exactly.
fn compare(value: &RawValue, bound: Number) -> Option<Ordering> {
    let text = unquoted(value)?;
    let text = text.trim();
    match (integer(text), bound) {
        (Some(int), Number::Int(bound)) => Some(int.cmp(&bound)),
        (Some(int), Number::Float(bound)) => compare_mixed(int, bound),
        // Beyond every bound that is a whole number, and still a whole number of the largest port.
        (None, Number::Int(_)) if text.parse::<u128>().is_ok() => Some(Ordering::Greater),
        (None, Number::Int(bound)) => compare_mixed(bound, number(text)?).map(Ordering::reverse),
        (None, Number::Float(bound)) => number(text)?.partial_cmp(&bound),
    }
}

/// How a whole number compares to a float, without rounding it to one.
fn compare_mixed(int: i128, float: f64) -> Option<Ordering> {
    /// 2^127, the first float that is no `i128` any more.
    const BEYOND: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
    if float >= BEYOND {
        return Some(Ordering::Less);
    }
    if float < -BEYOND {
        return Some(Ordering::Greater);
    }
    let whole = float.floor();
    // Integral and in the range of i128, so nothing is lost.
    let compared = int.cmp(&(whole as i128));
    (!float.is_nan()).then(|| compared.then(if float > whole { Ordering::Less } else { Ordering::Equal }))
}

/// The length as JavaScript counts it.
fn length(value: &RawValue) -> Option<u64> {
    let length = match value.get().as_bytes().first()? {
        b'"' => serde_json::from_str::<String>(value.get()).ok()?.encode_utf16().count(),
        b'[' => serde_json::from_str::<Vec<&RawValue>>(value.get()).ok()?.len(),
        _ => return None,
    };
    u64::try_from(length).ok()
}

fn choose(choices: &[ChoiceEntry], value: &RawValue) -> Result<(), ValueError> {
    if choices.iter().any(|choice| is(choice.value, value)) {
        return Ok(());
    }
    Err(ValueError::expected_json(ChoiceEntry::one_of(choices), value))
}

/// Whether a value on the wire is this one, as leniently as a port reads it.
fn is(scalar: Scalar, value: &RawValue) -> bool {
    match scalar {
        // Without quotes it is the id of a structure.
        Scalar::String(text) => unquoted(value).is_some_and(|given| given == text),
        Scalar::Int(int) => compare(value, Number::Int(i128::from(int))) == Some(Ordering::Equal),
        Scalar::Float(float) => compare(value, Number::Float(float)) == Some(Ordering::Equal),
        Scalar::Bool(truth) => boolean(value) == Some(truth),
    }
}
