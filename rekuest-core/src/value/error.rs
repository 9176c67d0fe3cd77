//! What is wrong with a value, and where.

use std::borrow::Cow;
use std::fmt;

use serde_json::value::RawValue;

/// How much of an unexpected value an error repeats, in characters.
const SHOWN: usize = 60;

/// One step of a path into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// An argument, a return, a field or a key of a DICT.
    Key(String),
    /// The position in a LIST, from 0.
    Index(usize),
}

/// A value that does not fit its port: `b[2].label: expected FLOAT, got "x"`.
///
/// The path is built from the inside out: whoever reads a part adds its place with [`at_key`](Self::at_key) and
/// [`at_index`](Self::at_index) only once something went wrong, so that a value that fits costs nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError {
    /// Innermost first.
    path: Vec<Segment>,
    problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Problem {
    Unexpected { expected: Cow<'static, str>, got: String },
    Missing { expected: Cow<'static, str> },
    Invalid(String),
}

impl ValueError {
    /// Something else came than `expected`; `got` is shown as it is.
    pub fn expected(expected: impl Into<Cow<'static, str>>, got: impl fmt::Display) -> Self {
        Self::of(Problem::Unexpected { expected: expected.into(), got: shorten(&got.to_string()) })
    }

    /// Something else came than `expected`; `got` is shown as its JSON, shortened.
    pub fn expected_json(expected: impl Into<Cow<'static, str>>, got: &RawValue) -> Self {
        Self::of(Problem::Unexpected { expected: expected.into(), got: shorten(got.get()) })
    }

    /// Nothing came where `expected` had to be.
    pub fn missing(expected: impl Into<Cow<'static, str>>) -> Self {
        Self::of(Problem::Missing { expected: expected.into() })
    }

    /// Any other reason, as a sentence.
    pub fn invalid(reason: impl Into<String>) -> Self {
        Self::of(Problem::Invalid(reason.into()))
    }

    fn of(problem: Problem) -> Self {
        Self { path: Vec::new(), problem }
    }

    /// The same error, seen from the value that holds it under `key`.
    #[must_use]
    pub fn at_key(mut self, key: impl Into<String>) -> Self {
        self.path.push(Segment::Key(key.into()));
        self
    }

    /// The same error, seen from the list that holds it at `index`.
    #[must_use]
    pub fn at_index(mut self, index: usize) -> Self {
        self.path.push(Segment::Index(index));
        self
    }

    /// Where the mistake is, from the outside in. Empty for the value itself.
    pub fn path(&self) -> impl Iterator<Item = &Segment> {
        self.path.iter().rev()
    }
}

impl std::error::Error for ValueError {}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.path().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) if is_plain(key) && position == 0 => f.write_str(key)?,
                Segment::Key(key) if is_plain(key) => write!(f, ".{key}")?,
                Segment::Key(key) => write!(f, "[{key:?}]")?,
            }
        }
        if !self.path.is_empty() {
            f.write_str(": ")?;
        }
        match &self.problem {
            Problem::Unexpected { expected, got } => write!(f, "expected {expected}, got {got}"),
            Problem::Missing { expected } => write!(f, "missing, expected {expected}"),
            Problem::Invalid(reason) => f.write_str(reason),
        }
    }
}

/// Whether a key can stand in a path without quotes.
fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_')
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
