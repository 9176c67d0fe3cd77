//! A frame taken apart: every field by name, none of them read yet.
//!
//! A borrowed `RawValue` does not survive an internally tagged enum, so frames are read in two steps: this flat
//! envelope in one pass over the text, then the fields that the type needs.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::arguments::{Arguments, Entries};

/// A frame that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MessageError {
    /// The text is not a JSON object.
    #[error("expected a JSON object, got {got}: {reason}")]
    NotAnObject {
        /// The text, shortened.
        got: String,
        /// What the JSON parser says.
        reason: String,
    },
    /// There is no `type`, and it is no protocol error either.
    #[error("expected a `type`, got a frame without one")]
    NoType,
    /// The type is not one that is sent in this direction.
    #[error("unknown type `{0}`")]
    UnknownType(String),
    /// A field is missing or not of its type.
    #[error("{message}.{field}: expected {expected}, got {got}")]
    Field {
        /// The type of the message.
        message: &'static str,
        /// The field.
        field: &'static str,
        /// What it has to be.
        expected: &'static str,
        /// What it is, shortened; `nothing` if it is not there.
        got: String,
        /// The assignation that the frame is about, where that can be read all the same.
        assignation: Option<String>,
    },
}

impl MessageError {
    /// The assignation that the frame is about, where that can be read all the same: then its caller can be told.
    pub fn assignation(&self) -> Option<&str> {
        match self {
            Self::Field { assignation, .. } => assignation.as_deref(),
            _ => None,
        }
    }
}

/// How much of a frame an error repeats, in characters.
const SHOWN: usize = 80;

pub(super) fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The fields of a frame.
pub(super) struct Envelope<'a> {
    fields: Entries<'a>,
}

impl<'a> Envelope<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, MessageError> {
        match serde_json::from_str(text) {
            Ok(fields) => Ok(Self { fields }),
            Err(error) => Err(MessageError::NotAnObject { got: shorten(text), reason: error.to_string() }),
        }
    }

    /// A field; null counts as missing.
    fn get(&self, name: &str) -> Option<&'a RawValue> {
        let (_, value) = self.fields.0.iter().rfind(|(key, _)| key == name)?;
        Some(*value).filter(|value| value.get() != "null")
    }

    /// A text, if the field is there and is one.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.get(name)?.get()).ok()
    }

    /// The fields of a message of type `message`.
    pub(super) fn of(&self, message: &'static str) -> Fields<'_, 'a> {
        Fields { envelope: self, message }
    }
}

/// Reads the fields of one message, with errors that name it.
pub(super) struct Fields<'e, 'a> {
    envelope: &'e Envelope<'a>,
    message: &'static str,
}

impl<'a> Fields<'_, 'a> {
    fn error(&self, field: &'static str, expected: &'static str) -> MessageError {
        let got = self.envelope.get(field).map_or_else(|| "nothing".to_owned(), |value| shorten(value.get()));
        let assignation = self.envelope.text("assignation");
        MessageError::Field { message: self.message, field, expected, got, assignation }
    }

    /// A field that may be missing or null.
    pub(super) fn optional<T: DeserializeOwned>(
        &self,
        field: &'static str,
        expected: &'static str,
    ) -> Result<Option<T>, MessageError> {
        match self.envelope.get(field) {
            None => Ok(None),
            Some(value) => {
                serde_json::from_str(value.get()).map(Some).map_err(|_| self.error(field, expected))
            }
        }
    }

    /// A field that has to be there.
    pub(super) fn required<T: DeserializeOwned>(
        &self,
        field: &'static str,
        expected: &'static str,
    ) -> Result<T, MessageError> {
        self.optional(field, expected)?.ok_or_else(|| self.error(field, expected))
    }

    /// An object that has to be there, not read yet.
    pub(super) fn object(&self, field: &'static str) -> Result<Box<RawValue>, MessageError> {
        match self.envelope.get(field) {
            Some(value) if Arguments::parse(value).is_ok() => Ok(value.to_owned()),
            _ => Err(self.error(field, "an object")),
        }
    }

    /// An object that may be missing or null, not read yet.
    pub(super) fn optional_object(&self, field: &'static str) -> Result<Option<Box<RawValue>>, MessageError> {
        self.envelope.get(field).map(|_| self.object(field)).transpose()
    }

    /// A text that has to be there.
    pub(super) fn text(&self, field: &'static str) -> Result<String, MessageError> {
        self.required(field, "a string")
    }

    /// A text that may be missing.
    pub(super) fn optional_text(&self, field: &'static str) -> Result<Option<String>, MessageError> {
        self.optional(field, "a string")
    }
}
