//! The operations of one websocket that tell more than can be said at once: subscriptions, and what takes its time.

use std::collections::HashMap;

use futures_util::stream::{AbortHandle, BoxStream, SelectAll, abortable};
use futures_util::{Stream, StreamExt as _, future, stream};

/// How many may be open at once. A subscription to all calls is one; nobody needs so many.
const MOST: usize = 16_384;

/// What an operation tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// A response, as JSON.
    Payload { id: String, payload: String },
    /// It tells nothing more.
    Complete { id: String },
}

/// Why an operation is not begun.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NotBegun {
    /// Another of this id is open.
    Taken,
    TooMany,
}

/// Tells the operations of one id apart: one that was stopped may have had it before.
type Number = u64;

struct Item {
    id: String,
    number: Number,
    /// None at the end.
    payload: Option<String>,
}

/// The open operations.
#[derive(Default)]
pub(super) struct Operations {
    streams: SelectAll<BoxStream<'static, Item>>,
    open: HashMap<String, (Number, AbortHandle)>,
    begun: Number,
}

impl Operations {
    /// Follows an operation.
    pub(super) fn begin(
        &mut self,
        id: String,
        payloads: impl Stream<Item = String> + Send + 'static,
    ) -> Result<(), NotBegun> {
        if self.open.len() >= MOST {
            return Err(NotBegun::TooMany);
        }
        if self.open.contains_key(&id) {
            return Err(NotBegun::Taken);
        }
        self.begun += 1;
        let number = self.begun;
        let (payloads, handle) = abortable(payloads);
        let told = payloads.map(Some).chain(stream::once(future::ready(None)));
        let of = id.clone();
        let items = told.map(move |payload| Item { id: of.clone(), number, payload });
        self.streams.push(items.boxed());
        self.open.insert(id, (number, handle));
        Ok(())
    }

    /// Whether an operation of this id is open.
    pub(super) fn is_open(&self, id: &str) -> bool {
        self.open.contains_key(id)
    }

    /// Stops following an operation; false if there is none of this id.
    pub(super) fn stop(&mut self, id: &str) -> bool {
        let stopped = self.open.remove(id);
        stopped.inspect(|(_, handle)| handle.abort()).is_some()
    }

    /// Waits for what is told next, for ever if nothing is open. Cancel-safe.
    pub(super) async fn next(&mut self) -> Told {
        loop {
            let Some(Item { id, number, payload }) = self.streams.next().await else {
                return future::pending().await;
            };
            // What was stopped tells nothing more, not even its end.
            if self.open.get(&id).is_none_or(|(open, _)| *open != number) {
                continue;
            }
            return match payload {
                Some(payload) => Told::Payload { id, payload },
                None => {
                    self.open.remove(&id);
                    Told::Complete { id }
                }
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn payload(id: &str, payload: &str) -> Told {
        Told::Payload { id: id.to_owned(), payload: payload.to_owned() }
    }

    #[tokio::test]
    async fn an_operation_is_told_to_its_end() {
        let mut operations = Operations::default();
        operations.begin("1".to_owned(), stream::iter(["a".to_owned(), "b".to_owned()])).expect("begun");
        assert_eq!(operations.next().await, payload("1", "a"));
        assert_eq!(operations.next().await, payload("1", "b"));
        assert!(operations.is_open("1"));
        assert_eq!(operations.next().await, Told::Complete { id: "1".to_owned() });
        assert!(!operations.is_open("1"));
        assert!(operations.next().now_or_never().is_none());
    }

    #[tokio::test]
    async fn what_is_stopped_tells_nothing_more_and_its_id_is_free() {
        let mut operations = Operations::default();
        operations.begin("1".to_owned(), stream::repeat("old".to_owned())).expect("begun");
        let again = operations.begin("1".to_owned(), stream::empty());
        assert_eq!(again, Err(NotBegun::Taken));
        assert!(operations.stop("1") && !operations.stop("1"));
        operations.begin("1".to_owned(), stream::iter(["new".to_owned()])).expect("begun");
        assert_eq!(operations.next().await, payload("1", "new"));
        assert_eq!(operations.next().await, Told::Complete { id: "1".to_owned() });
    }
}
