//! The arguments of a call whose action was found at run time.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rekuest_core::{JsonWriter, PortBuf, ValueError};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

/// Arguments by key, made by [`args!`](crate::args).
///
/// Each value is anything that serde can write. A value that cannot be written does not fail here: the call does, with
/// [`CallError::Arguments`](rekuest_core::CallError::Arguments). Serde writes a float that is not a number, or infinite,
/// as null; the typed stubs refuse it.
#[derive(Debug, Clone, Default)]
pub struct Args {
    entries: BTreeMap<String, Box<RawValue>>,
    error: Option<ValueError>,
}

/// Makes [`Args`]: `args! { x: 1, name: "hello" }`. A key that is not an identifier is written as a string.
///
/// ```
/// use rekuest_client::args;
///
/// let none = args! {};
/// let some = args! { x: 1, name: "hello", "with space": [1.5, 2.0], nothing: None::<i64> };
/// assert_eq!(none.to_string(), "{}");
/// assert_eq!(some.to_string(), r#"{"name":"hello","nothing":null,"with space":[1.5,2.0],"x":1}"#);
/// ```
#[macro_export]
macro_rules! args {
    () => { $crate::Args::new() };
    (@key $key:ident) => { $crate::Args::__key(::core::stringify!($key)) };
    (@key $key:literal) => { $key };
    ($($key:tt : $value:expr),+ $(,)?) => {
        $crate::Args::new()$(.with($crate::args!(@key $key), $value))+
    };
}

impl Args {
    /// No arguments.
    pub fn new() -> Self {
        Self::default()
    }

    /// Arguments that are a JSON object already.
    pub fn from_json(object: Box<RawValue>) -> Self {
        match serde_json::from_str(object.get()) {
            Ok(entries) => Self { entries, error: None },
            Err(_) => Self {
                entries: BTreeMap::new(),
                error: Some(ValueError::expected_json("an object of arguments", &object)),
            },
        }
    }

    /// The same arguments and one more. An argument of the same key is replaced.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Serialize) -> Self {
        let key = key.into();
        match to_raw_value(&value) {
            Ok(value) => {
                self.entries.insert(key, value);
            }
            Err(error) => {
                let invalid = ValueError::invalid(format!("it cannot be written as JSON: {error}"));
                self.error.get_or_insert(invalid.at_key(key));
            }
        }
        self
    }

    /// The key that an identifier stands for: `r#type` for `type`.
    #[doc(hidden)]
    pub fn __key(identifier: &'static str) -> &'static str {
        identifier.strip_prefix("r#").unwrap_or(identifier)
    }

    /// The object that is sent. Arguments that are missing and may be null are sent as an explicit null (protocol,
    /// section 2).
    ///
    /// # Errors
    /// When an argument cannot be written as JSON; the error names it.
    pub fn into_object(self, ports: &[PortBuf]) -> Result<Box<RawValue>, ValueError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let missing = ports.iter().filter(|port| port.nullable && !self.entries.contains_key(&port.key));
        let nulls = missing.map(|port| (port.key.as_str(), RawValue::NULL));
        let given = self.entries.iter().map(|(key, value)| (key.as_str(), &**value));
        let mut out = JsonWriter::new();
        let mut separator = "{";
        for (key, value) in given.chain(nulls) {
            out.raw(std::mem::replace(&mut separator, ","));
            out.string(key);
            out.raw(":");
            out.raw(value.get());
        }
        out.raw(if separator == "{" { "{}" } else { "}" });
        out.into_raw()
    }
}

impl std::fmt::Display for Args {
    /// The object as JSON, or what is wrong with it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown = match self.clone().into_object(&[]) {
            Ok(object) => Cow::Owned(object.get().to_owned()),
            Err(error) => Cow::Owned(error.to_string()),
        };
        f.write_str(&shown)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn keys_may_be_keywords() {
        assert_eq!(args! { type: 1, r#fn: 2 }.to_string(), r#"{"fn":2,"type":1}"#);
    }

    #[test]
    fn a_value_without_json_is_an_error_of_its_argument() {
        let unwritable = HashMap::from([((1, 2), 3)]);
        let error = args! { fine: 1, bad: unwritable }.into_object(&[]).expect_err("no JSON");
        assert!(error.to_string().starts_with("bad: it cannot be written as JSON"), "{error}");
    }

    #[test]
    fn json_that_is_no_object_is_an_error() {
        let list = RawValue::from_string("[1]".to_owned()).expect("json");
        let error = Args::from_json(list).into_object(&[]).expect_err("no object");
        assert_eq!(error.to_string(), "expected an object of arguments, got [1]");
    }

    #[test]
    fn missing_arguments_that_may_be_null_are_sent_as_null() {
        let ports: Vec<PortBuf> = serde_json::from_str(
            r#"[{"key": "a", "kind": "INT"}, {"key": "b", "kind": "INT", "nullable": true},
                {"key": "c", "kind": "INT"}]"#,
        )
        .expect("ports");
        let object = args! { a: 1 }.into_object(&ports).expect("an object");
        assert_eq!(object.get(), r#"{"a":1,"b":null}"#);
    }
}
