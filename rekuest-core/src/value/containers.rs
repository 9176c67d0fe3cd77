//! Option, LIST and DICT.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::hash::BuildHasher;

use serde_json::value::RawValue;

use super::{Expand, PortType, Shrink, ValueError};
use crate::Contexts;
use crate::arguments::Entries;
use crate::json::JsonWriter;
use crate::port::Port;

/// The key of the one child of a LIST and of a DICT (protocol, section 2).
const ITEM: &str = "...";

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

impl<T: PortType> PortType for Vec<T> {
    const PORT: Port = Port::list(&[T::PORT.keyed(ITEM)]);
}

impl<T: Expand> Expand for Vec<T> {
    async fn expand(value: &RawValue, contexts: &Contexts) -> Result<Self, ValueError> {
        let items: Vec<&RawValue> =
            serde_json::from_str(value.get()).map_err(|_| ValueError::expected_json("LIST", value))?;
        let mut list = Self::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            list.push(T::expand(item, contexts).await.map_err(|error| error.at_index(index))?);
        }
        Ok(list)
    }
}

impl<T: Shrink> Shrink for Vec<T> {
    async fn shrink(self, out: &mut JsonWriter, contexts: &Contexts) -> Result<(), ValueError> {
        out.raw("[");
        for (index, item) in self.into_iter().enumerate() {
            if index > 0 {
                out.raw(",");
            }
            item.shrink(out, contexts).await.map_err(|error| error.at_index(index))?;
        }
        out.raw("]");
        Ok(())
    }
}

/// Reads the entries of a DICT.
async fn expand_dict<T, D>(value: &RawValue, contexts: &Contexts) -> Result<D, ValueError>
where
    T: Expand,
    D: Default + Extend<(String, T)> + Send,
{
    let entries: Entries<'_> =
        serde_json::from_str(value.get()).map_err(|_| ValueError::expected_json("DICT", value))?;
    let mut dict = D::default();
    for (key, item) in entries.0 {
        match T::expand(item, contexts).await {
            Ok(item) => dict.extend([(key.into_owned(), item)]),
            Err(error) => return Err(error.at_key(key)),
        }
    }
    Ok(dict)
}

/// Writes the entries of a DICT.
async fn shrink_dict<T: Shrink>(
    entries: impl Iterator<Item = (String, T)> + Send,
    out: &mut JsonWriter,
    contexts: &Contexts,
) -> Result<(), ValueError> {
    out.raw("{");
    for (index, (key, item)) in entries.enumerate() {
        if index > 0 {
            out.raw(",");
        }
        out.string(&key);
        out.raw(":");
        item.shrink(out, contexts).await.map_err(|error| error.at_key(key))?;
    }
    out.raw("}");
    Ok(())
}

macro_rules! dict {
    ($dict:ty, $($generics:tt)*) => {
        impl<T: PortType, $($generics)*> PortType for $dict {
            const PORT: Port = Port::dict(&[T::PORT.keyed(ITEM)]);
        }

        impl<T: Expand, $($generics)*> Expand for $dict {
            fn expand(value: &RawValue, contexts: &Contexts) -> impl Future<Output = Result<Self, ValueError>> + Send {
                expand_dict(value, contexts)
            }
        }

        impl<T: Shrink, $($generics)*> Shrink for $dict
        where
            Self: IntoIterator<Item = (String, T), IntoIter: Send>,
        {
            fn shrink(
                self,
                out: &mut JsonWriter,
                contexts: &Contexts,
            ) -> impl Future<Output = Result<(), ValueError>> + Send {
                shrink_dict(self.into_iter(), out, contexts)
            }
        }
    };
}

dict!(HashMap<String, T, S>, S: BuildHasher + Default + Send);
dict!(BTreeMap<String, T>,);
