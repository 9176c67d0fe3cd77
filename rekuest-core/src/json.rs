//! The buffer that outgoing JSON is written into.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use serde_json::value::RawValue;

use crate::value::ValueError;

/// Writes JSON straight into one growing buffer: what [`Shrink`](crate::Shrink) gets.
///
/// The caller is responsible for the commas and brackets between values; `Vec` and the maps show how.
#[derive(Default)]
pub struct JsonWriter {
    buffer: String,
    shelved: Vec<InNewDrawer>,
}

/// A value whose drawer is named in what was written. It is in use until that was handed over, so that it does not make
/// room for the next one of the same return.
pub(crate) struct InNewDrawer {
    pub(crate) drawer: String,
    pub(crate) _in_use: Arc<dyn Any + Send + Sync>,
}

impl JsonWriter {
    /// An empty buffer.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty buffer with room for so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { buffer: String::with_capacity(bytes), shelved: Vec::new() }
    }

    /// Appends text that is JSON, or punctuation between values.
    pub fn raw(&mut self, text: &str) {
        self.buffer.push_str(text);
    }

    /// Appends a string, quoted and escaped.
    pub fn string(&mut self, text: &str) {
        self.buffer.push('"');
        let mut plain = 0;
        for (index, byte) in text.bytes().enumerate() {
            let escape: &str = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                0x00..=0x1f => {
                    self.buffer.push_str(&text[plain..index]);
                    self.buffer.push_str(&format!("\\u{byte:04x}"));
                    plain = index + 1;
                    continue;
                }
                _ => continue,
            };
            self.buffer.push_str(&text[plain..index]);
            self.buffer.push_str(escape);
            plain = index + 1;
        }
        self.buffer.push_str(&text[plain..]);
        self.buffer.push('"');
    }

    /// Appends an integer, or anything else whose `Display` is JSON.
    pub fn number(&mut self, number: impl fmt::Display) {
        use fmt::Write as _;
        // Writing to a String cannot fail.
        let _ = write!(self.buffer, "{number}");
    }

    /// Appends a FLOAT: always with a fraction or an exponent (protocol, section 5).
    ///
    /// # Errors
    /// NaN and the infinities have no JSON.
    pub fn float(&mut self, number: f64) -> Result<(), ValueError> {
        self.finite(number.is_finite(), number)
    }

    /// Appends a FLOAT of single precision, with no more digits than it has.
    ///
    /// # Errors
    /// NaN and the infinities have no JSON.
    pub fn float32(&mut self, number: f32) -> Result<(), ValueError> {
        self.finite(number.is_finite(), number)
    }

    fn finite(&mut self, finite: bool, number: impl fmt::Debug + fmt::Display) -> Result<(), ValueError> {
        if !finite {
            return Err(ValueError::expected("a finite FLOAT", number));
        }
        // Of a finite float, `Debug` is JSON: the shortest digits that read back the same, `5.0`, `1e16`.
        self.number(format_args!("{number:?}"));
        Ok(())
    }

    /// Appends the id of a drawer that `value` was just put into.
    pub(crate) fn new_drawer(&mut self, drawer: String, value: Arc<dyn Any + Send + Sync>) {
        self.string(&drawer);
        self.shelved.push(InNewDrawer { drawer, _in_use: value });
    }

    /// Takes the new drawers that are named in it.
    pub(crate) fn take_new_drawers(&mut self) -> Vec<InNewDrawer> {
        std::mem::take(&mut self.shelved)
    }

    /// Takes over the new drawers of what was written elsewhere and goes in here.
    pub(crate) fn adopt(&mut self, other: &mut Self) {
        self.shelved.append(&mut other.shelved);
    }

    /// What was written so far.
    pub fn as_str(&self) -> &str {
        &self.buffer
    }

    /// The text, when everything was written.
    pub fn into_string(self) -> String {
        self.buffer
    }

    /// The text as a JSON value.
    ///
    /// # Errors
    /// When what was written is not one JSON value: a `Shrink` that writes malformed JSON.
    pub fn into_raw(self) -> Result<Box<RawValue>, ValueError> {
        RawValue::from_string(self.buffer)
            .map_err(|error| ValueError::invalid(format!("the value was written as malformed JSON: {error}")))
    }
}

impl fmt::Debug for JsonWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("JsonWriter").field(&self.buffer).finish()
    }
}
