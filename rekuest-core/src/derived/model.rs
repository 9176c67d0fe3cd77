//! The fields of a model: a balanced tree of [`Member`]s, `((A, B), C)`.
//!
//! Reading and writing them is compiled in this crate, generated code holds no future of its own, and the tree of a large
//! model is not deep.

use std::future::{Future, ready};
use std::marker::PhantomData;

use serde_json::value::RawValue;

use super::no_value;
use crate::Contexts;
use crate::arguments::{Arguments, Member};
use crate::json::JsonWriter;
use crate::value::{Expand, Shrink, ValueError};

/// The fields of a model, as a tree.
pub trait Fields: Send {
    /// Their values, as a tree of the same shape.
    type Values: Send;

    /// Reads them in order.
    fn read(
        self,
        object: &Arguments<'_>,
        contexts: &Contexts,
    ) -> impl Future<Output = Result<Self::Values, ValueError>> + Send;

    /// Writes them in order, each behind a comma.
    fn write(
        self,
        values: Self::Values,
        out: &mut JsonWriter,
        contexts: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send;
}

impl Fields for () {
    type Values = ();

    fn read(self, _: &Arguments<'_>, _: &Contexts) -> impl Future<Output = Result<(), ValueError>> + Send {
        ready(Ok(()))
    }

    fn write(
        self,
        (): (),
        _: &mut JsonWriter,
        _: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send {
        ready(Ok(()))
    }
}

impl<T: Expand + Shrink> Fields for Member<T> {
    type Values = T;

    fn read(
        self,
        object: &Arguments<'_>,
        contexts: &Contexts,
    ) -> impl Future<Output = Result<T, ValueError>> + Send {
        object.expand_member(self, contexts)
    }

    async fn write(self, value: T, out: &mut JsonWriter, contexts: &Contexts) -> Result<(), ValueError> {
        if !out.as_str().ends_with('{') {
            out.raw(",");
        }
        out.string(self.key());
        out.raw(":");
        value.shrink(out, contexts).await.map_err(|error| error.at_key(self.key()))
    }
}

impl<L: Fields, R: Fields> Fields for (L, R) {
    type Values = (L::Values, R::Values);

    async fn read(self, object: &Arguments<'_>, contexts: &Contexts) -> Result<Self::Values, ValueError> {
        let left = self.0.read(object, contexts).await?;
        Ok((left, self.1.read(object, contexts).await?))
    }

    async fn write(
        self,
        (left, right): Self::Values,
        out: &mut JsonWriter,
        contexts: &Contexts,
    ) -> Result<(), ValueError> {
        self.0.write(left, out, contexts).await?;
        self.1.write(right, out, contexts).await
    }
}

/// A model with these fields.
#[derive(Debug)]
pub struct Members<F>(PhantomData<fn() -> F>);

impl<F: Fields> Members<F> {
    /// Whether each field can be read and written.
    pub const ARE_VALUES: bool = true;

    /// Reads a model.
    ///
    /// # Errors
    /// When the value is no object, or with the error of the first field that does not fit.
    pub async fn expand<M>(
        identifier: &'static str,
        fields: F,
        model: fn(F::Values) -> M,
        value: &RawValue,
        contexts: &Contexts,
    ) -> Result<M, ValueError> {
        let object = Arguments::parse(value)
            .map_err(|_| ValueError::expected_json(format!("MODEL {identifier}"), value))?;
        fields.read(&object, contexts).await.map(model)
    }

    /// Writes a model.
    ///
    /// # Errors
    /// With the error of the first field that has no JSON.
    pub async fn shrink(
        fields: F,
        values: F::Values,
        out: &mut JsonWriter,
        contexts: &Contexts,
    ) -> Result<(), ValueError> {
        out.raw("{");
        fields.write(values, out, contexts).await?;
        out.raw("}");
        Ok(())
    }
}

/// What [`Members`] has for fields that are no values.
pub trait UncheckedMembers<F>: Sized {
    /// One of them cannot.
    const ARE_VALUES: bool = false;

    /// Fails.
    fn expand<V, M>(
        _: &'static str,
        _: F,
        _: fn(V) -> M,
        _: &RawValue,
        _: &Contexts,
    ) -> impl Future<Output = Result<M, ValueError>> + Send {
        no_value()
    }

    /// Fails.
    fn shrink<V>(
        _: F,
        _: V,
        _: &mut JsonWriter,
        _: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send {
        no_value()
    }
}

impl<F> UncheckedMembers<F> for Members<F> {}
