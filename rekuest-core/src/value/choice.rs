//! ENUM: what `derive(Choice)` needs.

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
