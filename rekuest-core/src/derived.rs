//! What the code that the derive macros generate calls, beside the public vocabulary.
//!
//! The fields of a model are a balanced tree of [`Member`]s here, `((A, B), C)`: reading and writing them is compiled in
//! this crate, generated code holds no future of its own, and the tree of a large model is not deep.
//!
//! Each function stands here for types that are values, and in [`UncheckedMembers`] and [`UncheckedVariant`] for those
//! that are not. As the compiler prefers what stands here, the other ones are reached only in a program that does not
//! compile, where they keep one mistake from being reported several times.

use std::error::Error;
use std::fmt::Display;
use std::future::{Future, ready};
use std::marker::PhantomData;
use std::str::FromStr;

use serde_json::value::RawValue;

use crate::Contexts;
use crate::arguments::{Arguments, Member};
use crate::json::JsonWriter;
use crate::port::Annotations;
use crate::value::{Expand, Shrink, Used, ValueError};

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

async fn no_value<T>() -> Result<T, ValueError> {
    Err(ValueError::invalid("a type in it has no port"))
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
