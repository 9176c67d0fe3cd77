//! Choices.

use serde_json::value::RawValue;

use crate::port::ChoiceEntry;
use crate::value::{Choice, ValueError};

/// Reads a choice.
///
/// # Errors
/// When the value is none of the choices; the error lists them.
pub fn expand_choice<T: Choice>(value: &RawValue) -> Result<T, ValueError> {
    let given: Option<String> = serde_json::from_str(value.get()).ok();
    let choice = given.as_deref().and_then(T::from_value);
    choice.ok_or_else(|| ValueError::expected_json(ChoiceEntry::one_of(T::CHOICES), value))
}
