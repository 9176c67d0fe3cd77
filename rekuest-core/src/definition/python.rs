//! JSON as Python's `json.dumps` writes it: `", "` and `": "`, ASCII only, floats as their repr.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::value::RawValue;

/// A float as Python's repr: the shortest digits that read back the same, in scientific notation from 1e16 up and
/// below 1e-4, the exponent with two digits at least.
pub(crate) fn python_float(value: f64) -> String {
    let scientific = format!("{value:e}");
    let exponent = scientific.split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok());
    match (scientific.split_once('e'), exponent) {
        (Some((digits, _)), Some(exponent)) if !(-4..16).contains(&exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.abs())
        }
        _ => format!("{value:?}"),
    }
}

/// Writes JSON the way Python does, for hashing.
#[derive(Default)]
pub(super) struct PythonJson {
    out: String,
    /// Whether the object or list being written has a member already.
    filled: bool,
}

impl PythonJson {
    pub(super) fn into_string(self) -> String {
        self.out
    }

    /// Writes an object; `members` adds its fields in alphabetical order.
    pub(super) fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.nested('{', '}', members);
    }

    fn list<T: WritePython>(&mut self, items: &[T]) {
        self.nested('[', ']', |out| {
            for item in items {
                out.separate();
                item.write(out);
            }
        });
    }

    fn nested(&mut self, open: char, close: char, members: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.filled, false);
        self.out.push(open);
        members(self);
        self.out.push(close);
        self.filled = outer;
    }

    fn separate(&mut self) {
        if std::mem::replace(&mut self.filled, true) {
            self.out.push_str(", ");
        }
    }

    pub(super) fn field(&mut self, key: &str, value: &impl WritePython) {
        self.separate();
        self.string(key);
        self.out.push_str(": ");
        value.write(self);
    }

    pub(super) fn string(&mut self, text: &str) {
        self.out.push('"');
        for char in text.chars() {
            match char {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                ' '..='~' => self.out.push(char),
                _ => {
                    for unit in char.encode_utf16(&mut [0; 2]) {
                        let _ = write!(self.out, "\\u{unit:04x}");
                    }
                }
            }
        }
        self.out.push('"');
    }

    fn float(&mut self, value: f64) {
        self.out.push_str(&python_float(value));
    }

    /// Any JSON, its objects sorted by key. What is not JSON cannot come here: the text was parsed before.
    pub(super) fn json(&mut self, text: &str) {
        let text = text.trim();
        match text.as_bytes().first() {
            Some(b'"') => match serde_json::from_str::<String>(text) {
                Ok(string) => self.string(&string),
                // A lone surrogate: JSON, but not text. It is kept as it was written.
                Err(_) => self.out.push_str(text),
            },
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
                self.list(&items);
            }
            Some(b'{') => {
                let Members(members) = serde_json::from_str(text).unwrap_or_default();
                self.object(|out| {
                    for (key, value) in &members {
                        out.field(key, value);
                    }
                });
            }
            Some(b'-' | b'0'..=b'9') if text.contains(['.', 'e', 'E']) => match text.parse() {
                Ok(float) => self.float(float),
                Err(_) => self.out.push_str(text),
            },
            Some(b'-') if text == "-0" => self.out.push('0'),
            _ => self.out.push_str(text),
        }
    }
}

#[derive(Default, Deserialize)]
struct Members<'a>(#[serde(borrow)] BTreeMap<String, &'a RawValue>);

/// Something that has a JSON as Python writes it.
pub(super) trait WritePython {
    fn write(&self, out: &mut PythonJson);
}

impl WritePython for bool {
    fn write(&self, out: &mut PythonJson) {
        out.out.push_str(if *self { "true" } else { "false" });
    }
}

impl WritePython for i64 {
    fn write(&self, out: &mut PythonJson) {
        let _ = write!(out.out, "{self}");
    }
}

impl WritePython for f64 {
    fn write(&self, out: &mut PythonJson) {
        out.float(*self);
    }
}

impl WritePython for String {
    fn write(&self, out: &mut PythonJson) {
        out.string(self);
    }
}

impl WritePython for &RawValue {
    fn write(&self, out: &mut PythonJson) {
        out.json(self.get());
    }
}

impl<T: WritePython> WritePython for Box<T> {
    fn write(&self, out: &mut PythonJson) {
        (**self).write(out);
    }
}

impl<T: WritePython> WritePython for Vec<T> {
    fn write(&self, out: &mut PythonJson) {
        out.list(self);
    }
}

impl<T: WritePython> WritePython for Option<T> {
    fn write(&self, out: &mut PythonJson) {
        match self {
            Some(value) => value.write(out),
            None => out.out.push_str("null"),
        }
    }
}
