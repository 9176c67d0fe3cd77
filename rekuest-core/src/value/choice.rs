//! ENUM: what `derive(Choice)` needs.

use serde_json::value::RawValue;

use super::ValueError;
use crate::port::{ChoiceEntry, Scalar};

/// One of several named choices: an enum with `#[derive(Choice)]`, which implements this and everything a value needs.
///
/// On the wire a choice is its value, a text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no choice",
    label = "not an enum with `#[derive(Choice)]`",
    note = "write `#[derive(Choice)]` on an enum whose variants hold nothing"
)]
pub trait Choice: Sized + Send + 'static {
    /// The identifier of the ENUM.
    const IDENTIFIER: &'static str;

    /// The choices, in the order of the variants.
    const CHOICES: &'static [ChoiceEntry];

    /// The position of this variant, from 0.
    fn index(&self) -> usize;

    /// The variant at this position, from 0.
    fn from_index(index: usize) -> Option<Self>;

    /// What is sent for this variant.
    fn value(&self) -> &'static str {
        Self::CHOICES.get(self.index()).and_then(text).unwrap_or_default()
    }

    /// The variant that this value is sent for.
    fn from_value(value: &str) -> Option<Self> {
        Self::from_index(Self::CHOICES.iter().position(|entry| text(entry) == Some(value))?)
    }
}

fn text(entry: &ChoiceEntry) -> Option<&'static str> {
    match entry.value() {
        Scalar::String(value) => Some(value),
        _ => None,
    }
}

/// Reads a choice: what generated code calls.
///
/// # Errors
/// When the value is none of the choices; the error lists them.
pub fn expand_choice<T: Choice>(value: &RawValue) -> Result<T, ValueError> {
    let given: Option<String> = serde_json::from_str(value.get()).ok();
    given.as_deref().and_then(T::from_value).ok_or_else(|| {
        let choices: Vec<String> =
            T::CHOICES.iter().filter_map(|choice| serde_json::to_string(&choice.value()).ok()).collect();
        ValueError::expected_json(format!("one of {}", choices.join(", ")), value)
    })
}
