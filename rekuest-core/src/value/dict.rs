//! DICT: maps from texts.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::hash::BuildHasher;

use serde_json::value::RawValue;

use super::{Expand, ITEM, PortType, Shrink, ValueError};
use crate::Contexts;
use crate::arguments::Entries;
use crate::json::JsonWriter;
use crate::port::Port;

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
#[cfg(feature = "indexmap")]
dict!(indexmap::IndexMap<String, T, S>, S: BuildHasher + Default + Send);
