//! The scalars: texts with a name, and JSON that travels unchanged.

use std::fmt;

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use rekuest_core::port::Json;
use serde_json::value::RawValue;

use crate::time::Timestamp;

/// Scalars that are texts.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident($text:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub(super) struct $name(pub(super) String);

        #[Scalar(name = $text)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => Ok(Self(text)),
                    other => Err(InputValueError::expected_type(other)),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.clone())
            }
        }
    )*};
}

texts! {
    /// The hash of an action.
    ActionHash("ActionHash");
    /// The instance of an app.
    InstanceId("InstanceId");
    /// The identifier of a type.
    Identifier("Identifier");
    /// A JavaScript function.
    ValidatorFunction("ValidatorFunction");
    /// The GraphQL query of a search widget.
    SearchQuery("SearchQuery");
}

/// A point in time.
pub(super) struct DateTime(pub(super) Timestamp);

#[Scalar(name = "DateTime")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        // No argument of this interface is a point in time.
        Err(InputValueError::expected_type(value))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// Scalars that are JSON, as it was written but for spaces: `5.0` stays `5.0`, 64-bit integers stay exact.
macro_rules! json {
    ($($(#[$doc:meta])* $name:ident($text:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub(super) struct $name(pub(super) Box<RawValue>);

        #[Scalar(name = $text)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::Null => Err(InputValueError::expected_type(value)),
                    value => Ok(Self(serde_json::value::to_raw_value(&value)?)),
                }
            }

            fn to_value(&self) -> Value {
                // JSON all the same may be beyond what a tree of it can hold: numbers of 1e400, half of a character.
                serde_json::from_str(self.0.get()).unwrap_or_else(|error| {
                    tracing::warn!(%error, "a value is shown as text: it cannot be shown as what it is");
                    Value::String(self.0.get().to_owned())
                })
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0.get())
            }
        }

        impl From<$name> for Json {
            fn from(value: $name) -> Self {
                value.0.into()
            }
        }

        impl From<&Json> for $name {
            fn from(value: &Json) -> Self {
                Self(value.raw().to_owned())
            }
        }

        impl From<&RawValue> for $name {
            fn from(value: &RawValue) -> Self {
                Self(value.to_owned())
            }
        }
    )*};
}

json! {
    /// Any JSON: defaults, values of choices, returns.
    AnyDefault("AnyDefault");
    /// An object by key: arguments, values of states, patches.
    Args("Args");
    /// One value.
    Arg("Arg");
}
