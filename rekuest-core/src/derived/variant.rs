//! The variants of a union, one by one.

use std::future::Future;
use std::marker::PhantomData;

use super::{Used, no_value};
use crate::Contexts;
use crate::json::JsonWriter;
use crate::port::Annotations;
use crate::value::{Expand, Shrink, ValueError};

/// A variant of a union, which holds a `T`.
#[derive(Debug)]
pub struct Variant<T>(PhantomData<fn() -> T>);

impl<T: Expand + Shrink> Variant<T> {
    /// Whether what it holds can be read and written.
    pub const IS_VALUE: bool = true;

    /// Reads what the variant at `index` holds; none where the value is another variant, or may be one.
    ///
    /// # Errors
    /// When the value is this variant and does not fit.
    pub async fn expand(
        index: usize,
        annotations: Option<&'static Annotations>,
        used: &mut Used<'_>,
        contexts: &Contexts,
    ) -> Result<Option<T>, ValueError> {
        let Some(value) = used.tries(index) else { return Ok(None) };
        if let Some(annotations) = annotations
            && let Err(error) = annotations.enforce(value)
        {
            return used.refused(error).map(|()| None);
        }
        match T::expand(value, contexts).await {
            Ok(value) => Ok(Some(value)),
            Err(error) => used.refused(error).map(|()| None),
        }
    }

    /// Writes the variant at `index`.
    ///
    /// # Errors
    /// When what it holds has no JSON.
    pub async fn shrink(
        index: usize,
        value: T,
        out: &mut JsonWriter,
        contexts: &Contexts,
    ) -> Result<(), ValueError> {
        out.raw("{\"use\":");
        out.number(index);
        out.raw(",\"value\":");
        value.shrink(out, contexts).await.map_err(|error| error.at_key("value"))?;
        out.raw("}");
        Ok(())
    }
}

/// What [`Variant`] has for what is no value.
pub trait UncheckedVariant<T>: Sized {
    /// It cannot.
    const IS_VALUE: bool = false;

    /// Fails.
    fn expand(
        _: usize,
        _: Option<&'static Annotations>,
        _: &mut Used<'_>,
        _: &Contexts,
    ) -> impl Future<Output = Result<Option<T>, ValueError>> + Send {
        no_value()
    }

    /// Fails.
    fn shrink(
        _: usize,
        _: T,
        _: &mut JsonWriter,
        _: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send {
        no_value()
    }
}

impl<T> UncheckedVariant<T> for Variant<T> {}
