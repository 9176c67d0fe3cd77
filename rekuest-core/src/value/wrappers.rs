//! `Option`, which takes null besides, and `Box` and `Arc`, which are what they hold.

use std::future::Future;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::{Expand, PortType, Shrink, ValueError};
use crate::Contexts;
use crate::json::JsonWriter;
use crate::port::Port;

impl<T: PortType> PortType for Option<T> {
    const PORT: Port = {
        assert!(
            !T::PORT.is_nullable(),
            "`Option<Option<T>>` has no port: null on the wire could mean either of them; use one `Option`"
        );
        T::PORT.nullable()
    };
}

impl<T: Expand> Expand for Option<T> {
    async fn expand(value: &RawValue, contexts: &Contexts) -> Result<Self, ValueError> {
        match value.get() {
            "null" => Ok(None),
            _ => T::expand(value, contexts).await.map(Some),
        }
    }
}

impl<T: Shrink> Shrink for Option<T> {
    async fn shrink(self, out: &mut JsonWriter, contexts: &Contexts) -> Result<(), ValueError> {
        match self {
            Some(value) => value.shrink(out, contexts).await,
            None => {
                out.raw("null");
                Ok(())
            }
        }
    }
}

impl<T: PortType> PortType for Box<T> {
    const PORT: Port = T::PORT;
}

impl<T: Expand> Expand for Box<T> {
    async fn expand(value: &RawValue, contexts: &Contexts) -> Result<Self, ValueError> {
        T::expand(value, contexts).await.map(Self::new)
    }
}

impl<T: Shrink> Shrink for Box<T> {
    fn shrink(
        self,
        out: &mut JsonWriter,
        contexts: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send {
        (*self).shrink(out, contexts)
    }
}

impl<T: PortType> PortType for Arc<T> {
    const PORT: Port = T::PORT;
}

impl<T: Expand + Sync> Expand for Arc<T> {
    async fn expand(value: &RawValue, contexts: &Contexts) -> Result<Self, ValueError> {
        T::expand(value, contexts).await.map(Self::new)
    }
}

/// A value that is shared is cloned to be written, because writing takes a value apart; one that is not is moved out.
impl<T: Shrink + Clone + Sync> Shrink for Arc<T> {
    fn shrink(
        self,
        out: &mut JsonWriter,
        contexts: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send {
        Self::unwrap_or_clone(self).shrink(out, contexts)
    }
}
