//! [`StateWatch`]: what a state is now, and each change.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::stream::{BoxStream, unfold};
use futures_util::{Stream, StreamExt as _};
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::place::Place;
use super::watcher::{Shown, Watcher};
use super::{Read, StateError};
use crate::Client;
use crate::blocking::Items;
use crate::client::Shared;

/// A state that is followed: a stream of its values. The first is what it is now, then comes each change.
///
/// Values come in order, and never the same one twice in a row. Who reads slower than the state changes gets the newest
/// value and not those in between.
///
/// Every watch has a socket of its own, which a background task reads; dropping the stream closes it. Beside what it is
/// told there, the task asks for the state at growing intervals, up to [`poll_longest`](crate::Timing::poll_longest).
/// When the connection is cut, when the server or the app starts anew, even under other ids, the watch finds the state
/// again by its name, and goes on with what it is then, if that is something else. That the server cannot be reached, or
/// that the state is not there for a while, is logged and waited for.
///
/// A value that does not fit the type is a [`StateError::Unreadable`], after which the watch goes on. It ends with an
/// error that does not pass: [`StateError::NotFound`] when there is no such state to begin with,
/// [`StateError::Connection`] when what answers has never been a rekuest server, and [`StateError::Refused`] when the
/// server goes on refusing the state or the token.
#[must_use = "dropping a watch ends it"]
pub struct StateWatch<T> {
    values: BoxStream<'static, Result<T, StateError>>,
    place: Place,
    /// It may be read on threads that belong to no runtime.
    runtime: Handle,
}

impl<T: Send + 'static> StateWatch<T> {
    pub(super) fn begin(client: Client, place: Place, read: Read<T>) -> Self {
        let shared = Arc::clone(client.shared());
        let (sender, shown) = watch::channel(Shown::default());
        let watcher = Watcher::new(Arc::clone(&shared), place.clone(), sender);
        shared.runtime.spawn(watcher.run());
        let runtime = shared.runtime.clone();
        let reader = Reader { shared, place: place.clone(), read, shown, last: None, ended: false };
        Self { values: unfold(reader, Reader::next).boxed(), place, runtime }
    }
}

impl<T> StateWatch<T> {
    /// The values, for code that blocks: the thread waits for each. Not inside of async code.
    pub fn wait(self) -> Items<Self> {
        Items::of(self)
    }
}

impl<T> Stream for StateWatch<T> {
    type Item = Result<T, StateError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let _entered = this.runtime.enter();
        this.values.poll_next_unpin(context)
    }
}

impl<T> fmt::Debug for StateWatch<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StateWatch").field("place", &self.place).finish_non_exhaustive()
    }
}

/// The side that is polled: reads what the background task shows.
struct Reader<T> {
    shared: Arc<Shared>,
    place: Place,
    read: Read<T>,
    shown: watch::Receiver<Shown>,
    /// What came out last.
    last: Option<Arc<RawValue>>,
    ended: bool,
}

impl<T> Reader<T> {
    async fn next(mut self) -> Option<(Result<T, StateError>, Self)> {
        if self.ended {
            return None;
        }
        let end = loop {
            let Shown { value, end } = self.shown.borrow_and_update().clone();
            if let Some(value) = value.filter(|value| !self.was_last(value)) {
                self.last = Some(Arc::clone(&value));
                let read = (self.read)(&value, &self.shared.contexts).await;
                return Some((read.map_err(|error| StateError::unreadable(&self.place, error)), self));
            }
            if let Some(end) = end {
                break end;
            }
            if let Err(error) = self.shown.changed().await {
                // The task is gone without a word: its runtime has stopped.
                break StateError::connection(&self.place, error);
            }
        };
        self.ended = true;
        Some((Err(end), self))
    }

    /// Whether this is what came out last, however it is written.
    fn was_last(&self, value: &RawValue) -> bool {
        let Some(last) = &self.last else { return false };
        let read = |json: &RawValue| serde_json::from_str::<Value>(json.get()).ok();
        last.get() == value.get() || read(last).is_some_and(|last| Some(last) == read(value))
    }
}
