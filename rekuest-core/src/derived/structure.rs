//! Structures, and the ids and functions that make one.

use std::error::Error;
use std::fmt::Display;
use std::future::Future;
use std::marker::PhantomData;
use std::str::FromStr;

use serde_json::value::RawValue;

use super::no_value;
use crate::Contexts;
use crate::json::JsonWriter;
use crate::returns::{Cause, with_sources};
use crate::value::{Structure, ValueError, unquoted};

/// A structure.
#[derive(Debug)]
pub struct Elsewhere<T>(PhantomData<fn() -> T>);

impl<T: Structure> Elsewhere<T> {
    /// Reads a structure.
    ///
    /// # Errors
    /// When the value is no id, or with the error of the structure itself.
    pub async fn expand(
        identifier: &'static str,
        value: &RawValue,
        contexts: &Contexts,
    ) -> Result<T, ValueError> {
        let id = unquoted(value)
            .filter(|id| !id.is_empty() && (value.get().starts_with('"') || is_whole(id)))
            .ok_or_else(|| ValueError::expected_json(format!("STRUCTURE {identifier} by its id"), value))?;
        T::expand(id, contexts).await.map_err(|error| failed(identifier, error))
    }

    /// Writes a structure.
    ///
    /// # Errors
    /// With the error of the structure itself, or when the id is empty.
    pub async fn shrink(
        identifier: &'static str,
        value: T,
        out: &mut JsonWriter,
        contexts: &Contexts,
    ) -> Result<(), ValueError> {
        let id = value.shrink(contexts).await.map_err(|error| failed(identifier, error))?;
        if id.is_empty() {
            return Err(ValueError::invalid(format!("STRUCTURE {identifier}: its id is empty")));
        }
        out.string(&id);
        Ok(())
    }
}

fn is_whole(id: &str) -> bool {
    id.strip_prefix('-').unwrap_or(id).bytes().all(|byte| byte.is_ascii_digit())
}

fn failed(identifier: &str, error: impl Cause) -> ValueError {
    ValueError::invalid(format!("STRUCTURE {identifier}: {}", with_sources(&*error.into_error())))
}

/// What [`Elsewhere`] has for what is no structure.
pub trait UncheckedElsewhere<T>: Sized {
    /// Fails.
    fn expand(
        _: &'static str,
        _: &RawValue,
        _: &Contexts,
    ) -> impl Future<Output = Result<T, ValueError>> + Send {
        no_value()
    }

    /// Fails.
    fn shrink(
        _: &'static str,
        _: T,
        _: &mut JsonWriter,
        _: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send {
        no_value()
    }
}

impl<T> UncheckedElsewhere<T> for Elsewhere<T> {}

/// What a function that fetches or stores a structure may fail with.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a structure",
    label = "this error cannot be sent to the caller",
    note = "the error type needs `Into<Box<dyn Error + Send + Sync>>`: implement `std::error::Error` for it, or use `String` or `Box<dyn std::error::Error + Send + Sync>`"
)]
pub trait StructureCause {
    /// The error behind its trait.
    fn into_cause(self) -> Box<dyn Error + Send + Sync>;
}

#[diagnostic::do_not_recommend]
impl<E: Cause> StructureCause for E {
    fn into_cause(self) -> Box<dyn Error + Send + Sync> {
        self.into_error()
    }
}

/// What a function that fetches or stores a structure came to.
///
/// # Errors
/// With the function's error.
pub fn awaited<T, E: StructureCause>(result: Result<T, E>) -> Result<T, Box<dyn Error + Send + Sync>> {
    result.map_err(StructureCause::into_cause)
}

/// What a structure that is just an id may hold.
///
/// There is nothing to implement: types that are read by `FromStr` and written by `Display` have it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the id of a structure",
    label = "this type cannot be read from a text and written as one",
    note = "an id needs `FromStr`, with an error that is `Into<Box<dyn Error + Send + Sync>>`, and `Display`; use `String`, a number, or a type like `Uuid`"
)]
pub trait StructureId: Sized {
    /// Reads an id.
    ///
    /// # Errors
    /// When the text is none.
    fn read_id(id: &str) -> Result<Self, Box<dyn Error + Send + Sync>>;

    /// Writes it.
    fn write_id(&self) -> String;
}

#[diagnostic::do_not_recommend]
impl<T: FromStr<Err: Into<Box<dyn Error + Send + Sync>>> + Display> StructureId for T {
    fn read_id(id: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        id.parse().map_err(Into::into)
    }

    fn write_id(&self) -> String {
        self.to_string()
    }
}
