//! Streams as iterators.

use std::fmt;
use std::iter::FusedIterator;
use std::pin::Pin;

use futures_util::stream::Fuse;
use futures_util::{Stream, StreamExt as _};

use super::wait;

/// A stream as an iterator: the thread waits for each of its items. Lists that are searched, states and reservations that are
/// watched are such streams, and [`map`](crate::map) makes one of several calls.
///
/// ```no_run
/// # use rekuest_client::blocking::{self, Items};
/// # fn example(client: &blocking::Client) -> Result<(), Box<dyn std::error::Error>> {
/// for value in Items::of(client.state_named("microscope", "default", "Position").watch()) {
///     println!("{}", value?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is waited for before the next item is asked for"]
pub struct Items<S: Stream>(Pin<Box<Fuse<S>>>);

impl<S: Stream> Items<S> {
    /// The items of this stream.
    pub fn of(stream: S) -> Self {
        Self(Box::pin(stream.fuse()))
    }
}

impl<S: Stream> Iterator for Items<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<Self::Item> {
        wait(self.0.next())
    }
}

impl<S: Stream + fmt::Debug> fmt::Debug for Items<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Items").field(&self.0).finish()
    }
}

impl<S: Stream> FusedIterator for Items<S> {}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    #[test]
    fn nothing_comes_after_the_end() {
        let once = stream::unfold(Some(1), |state| async move { state.map(|number| (number, None)) });
        let mut items = Items::of(once);
        assert_eq!([items.next(), items.next(), items.next()], [Some(1), None, None]);
    }
}
