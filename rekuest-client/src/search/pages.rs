//! Page after page of a list that may change meanwhile.
//!
//! Servers count from the beginning of a list. What goes before the place of a page moves the rest forward, and would have
//! something left out. So each page begins with the last one of the page before: if that stands there, nothing has moved;
//! else the list is read from its beginning again, without what has come already.

use std::collections::HashSet;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{BoxStream, try_unfold};
use futures_util::{Stream, StreamExt as _};
use rekuest_core::CallError;
use tokio::runtime::Handle;

use super::{Listed, Row, Search};
use crate::blocking::Items;
use crate::call::call_error;
use crate::graphql::operations::Pagination;

/// How often a list is read from its beginning again. One that changes faster than it can be read is not read for ever.
const RESTARTS: u32 = 5;

/// What a search finds, page after page. Nothing is asked before it is polled.
#[must_use = "a listing does nothing until it is polled"]
pub struct Listing<T> {
    items: BoxStream<'static, Result<T, CallError>>,
    /// It may be read on threads that belong to no runtime.
    runtime: Handle,
}

impl<T> Listing<T> {
    /// What is found, for code that blocks: the thread waits for each. Not inside of async code.
    pub fn wait(self) -> Items<Self> {
        Items::of(self)
    }
}

impl<T> Stream for Listing<T> {
    type Item = Result<T, CallError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let _entered = this.runtime.enter();
        this.items.poll_next_unpin(context)
    }
}

impl<T> fmt::Debug for Listing<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listing").finish_non_exhaustive()
    }
}

pub(super) fn listing<F: Listed>(search: Search<F>) -> Listing<F::Item> {
    let runtime = search.client.shared().runtime.clone();
    let pages =
        Pages { search, place: Place::default(), ready: Vec::new().into_iter(), seen: HashSet::new() };
    let items =
        try_unfold(pages, |mut pages| async move { Ok(pages.next().await?.map(|item| (item, pages))) });
    Listing { items: items.boxed(), runtime }
}

/// Where in the list the next page begins.
#[derive(Debug, Default)]
struct Place {
    /// How many stand before it.
    offset: usize,
    /// The one that stood last on the page before.
    last: Option<String>,
    restarts: u32,
    is_end: bool,
}

impl Place {
    /// Takes a page in: how many of its first rows were on the page before; none if the list has moved and is to be read
    /// from its beginning.
    fn turn<'r>(&mut self, ids: impl ExactSizeIterator<Item = &'r str>, limit: usize) -> Option<usize> {
        let count = ids.len();
        let (mut first, mut last) = (None, None);
        for id in ids {
            first = first.or(Some(id));
            last = Some(id);
        }
        let again = match &self.last {
            Some(before) if first == Some(before.as_str()) => 1,
            Some(_) if self.restarts < RESTARTS => {
                *self = Self { restarts: self.restarts + 1, ..Self::default() };
                return None;
            }
            _ => 0,
        };
        self.is_end = count < limit;
        self.offset += count.saturating_sub(1);
        self.last = last.map(ToOwned::to_owned);
        Some(again)
    }
}

struct Pages<F: Listed> {
    search: Search<F>,
    place: Place,
    /// What the last page has left.
    ready: std::vec::IntoIter<Row<F::Item>>,
    /// What has come already.
    seen: HashSet<String>,
}

impl<F: Listed> Pages<F> {
    async fn next(&mut self) -> Result<Option<F::Item>, CallError> {
        loop {
            for row in self.ready.by_ref() {
                if self.seen.insert(row.id) && self.search.agents.accept(&row.agents) {
                    return Ok(Some(row.item));
                }
            }
            if self.place.is_end {
                return Ok(None);
            }
            self.turn().await?;
        }
    }

    async fn turn(&mut self) -> Result<(), CallError> {
        let Self { search, place, .. } = self;
        let pagination = Pagination { offset: place.offset, limit: search.page_size };
        let rows = search.filter.page(&search.client, pagination).await;
        let rows = rows.map_err(|error| call_error(format!("the {} cannot be listed", F::WHAT), error))?;
        let ids = rows.iter().map(|row| row.id.as_str());
        if let Some(again) = place.turn(ids, search.page_size) {
            self.ready = rows.into_iter();
            self.ready.by_ref().take(again).for_each(drop);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_with_the_last_one_of_the_page_before() {
        let mut place = Place::default();
        assert_eq!(place.turn(["a", "b", "c"].into_iter(), 3), Some(0));
        assert_eq!((place.offset, place.is_end), (2, false));
        assert_eq!(place.turn(["c", "d", "e"].into_iter(), 3), Some(1));
        assert_eq!(place.turn(["e"].into_iter(), 3), Some(1));
        assert!(place.is_end);
    }

    #[test]
    fn a_list_that_has_moved_is_read_from_its_beginning() {
        let mut place = Place::default();
        place.turn(["a", "b", "c"].into_iter(), 3);
        assert_eq!(place.turn(["d", "e"].into_iter(), 3), None);
        assert_eq!((place.offset, place.is_end), (0, false));
        place.turn(["b", "c", "d"].into_iter(), 3);
        assert_eq!(place.turn([].into_iter(), 3), None);
    }

    #[test]
    fn a_list_that_never_stands_still_has_an_end() {
        let mut place = Place { restarts: RESTARTS, last: Some("a".to_owned()), offset: 4, is_end: false };
        assert_eq!(place.turn(["c"].into_iter(), 3), Some(0));
        assert!(place.is_end);
    }
}
