//! LIST: vectors, arrays, deques and sets.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::future::Future;
use std::hash::{BuildHasher, Hash};

use serde_json::value::RawValue;

use super::{Expand, ITEM, PortType, Shrink, ValueError};
use crate::Contexts;
use crate::json::JsonWriter;
use crate::port::{Annotations, Port, Validator};

/// Reads the items of a LIST.
async fn expand_items<T: Expand>(value: &RawValue, contexts: &Contexts) -> Result<Vec<T>, ValueError> {
    let items: Vec<&RawValue> =
        serde_json::from_str(value.get()).map_err(|_| ValueError::expected_json("LIST", value))?;
    let mut list = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        list.push(T::expand(item, contexts).await.map_err(|error| error.at_index(index))?);
    }
    Ok(list)
}

/// Writes the items of a LIST.
async fn shrink_items<T: Shrink>(
    items: impl Iterator<Item = T> + Send,
    out: &mut JsonWriter,
    contexts: &Contexts,
) -> Result<(), ValueError> {
    out.raw("[");
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.raw(",");
        }
        item.shrink(out, contexts).await.map_err(|error| error.at_index(index))?;
    }
    out.raw("]");
    Ok(())
}

/// A list of any length. Of equal items, sets keep one.
macro_rules! list {
    ($list:ty, ($($bounds:tt)*), $($generics:tt)*) => {
        impl<T: PortType, $($generics)*> PortType for $list {
            const PORT: Port = Port::list(&[T::PORT.keyed(ITEM)]);
        }

        impl<T: Expand $($bounds)*, $($generics)*> Expand for $list {
            async fn expand(value: &RawValue, contexts: &Contexts) -> Result<Self, ValueError> {
                Ok(expand_items(value, contexts).await?.into_iter().collect())
            }
        }

        impl<T: Shrink, $($generics)*> Shrink for $list {
            fn shrink(
                self,
                out: &mut JsonWriter,
                contexts: &Contexts,
            ) -> impl Future<Output = Result<(), ValueError>> + Send {
                shrink_items(self.into_iter(), out, contexts)
            }
        }
    };
}

list!(Vec<T>, (),);
list!(VecDeque<T>, (),);
list!(BTreeSet<T>, (+ Ord),);

impl<T: PortType, S> PortType for HashSet<T, S> {
    const PORT: Port = Port::list(&[T::PORT.keyed(ITEM)]);
}

impl<T: Expand + Eq + Hash, S: BuildHasher + Default + Send> Expand for HashSet<T, S> {
    async fn expand(value: &RawValue, contexts: &Contexts) -> Result<Self, ValueError> {
        Ok(expand_items(value, contexts).await?.into_iter().collect())
    }
}

/// Sorted by the JSON of the items: its own order is another in each process, and as a default it would give its
/// function another hash each time.
impl<T: Shrink, S: Send> Shrink for HashSet<T, S> {
    async fn shrink(self, out: &mut JsonWriter, contexts: &Contexts) -> Result<(), ValueError> {
        let mut items = Vec::with_capacity(self.len());
        for (index, item) in self.into_iter().enumerate() {
            let mut item_out = JsonWriter::new();
            item.shrink(&mut item_out, contexts).await.map_err(|error| error.at_index(index))?;
            out.adopt(&mut item_out);
            items.push(item_out.into_string());
        }
        items.sort_unstable();
        out.raw("[");
        out.raw(&items.join(","));
        out.raw("]");
        Ok(())
    }
}

/// A LIST of exactly `N` items, which user interfaces know from a validator.
impl<T: PortType, const N: usize> PortType for [T; N] {
    const PORT: Port = Port::list(&[T::PORT.keyed(ITEM)])
        .annotated(&Annotations::new().validated(&[Validator::len(Some(N as u64), Some(N as u64))]));
}

impl<T: Expand, const N: usize> Expand for [T; N] {
    async fn expand(value: &RawValue, contexts: &Contexts) -> Result<Self, ValueError> {
        let items = expand_items(value, contexts).await?;
        Self::try_from(items)
            .map_err(|items| ValueError::expected(format!("a LIST of {}", counted(N)), counted(items.len())))
    }
}

impl<T: Shrink, const N: usize> Shrink for [T; N] {
    fn shrink(
        self,
        out: &mut JsonWriter,
        contexts: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send {
        shrink_items(self.into_iter(), out, contexts)
    }
}

fn counted(items: usize) -> String {
    if items == 1 { "1 item".to_owned() } else { format!("{items} items") }
}
