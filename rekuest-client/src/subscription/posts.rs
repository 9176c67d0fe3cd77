//! Operations on the socket of the subscription, where the server takes them there: many under way, matched by their ids.
//!
//! What becomes of one is always told, and whether it may have reached the server: what was not written certainly has not.

use std::collections::HashMap;

use serde_json::value::RawValue;
use tokio::sync::{mpsc, oneshot};

/// How many operations may wait to be written.
const WAITING: usize = 1024;

/// The id of the first operation; smaller ones are the subscription's.
const FIRST: u64 = 2;

/// What became of an operation.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The server has answered: the payload of a `next`, or of an `error`.
    Answered {
        /// What it says.
        payload: Box<RawValue>,
        /// Whether it is a list of errors.
        failed: bool,
    },
    /// It was not sent.
    NotSent,
    /// It was sent, and the socket was cut before an answer came.
    Cut,
}

/// An operation that is to be sent.
#[derive(Debug)]
pub(crate) struct Post {
    /// What is sent, `{"query", "variables"}`.
    body: String,
    waiting: Waiting,
}

/// Whoever waits for an answer; told when this is dropped without one.
#[derive(Debug)]
struct Waiting {
    sender: Option<oneshot::Sender<Outcome>>,
    sent: bool,
}

impl Waiting {
    fn tell(&mut self, outcome: Outcome) {
        if let Some(sender) = self.sender.take() {
            // Whoever waited may be gone.
            let _ = sender.send(outcome);
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let outcome = if self.sent { Outcome::Cut } else { Outcome::NotSent };
        self.tell(outcome);
    }
}

/// Where operations of one session are handed in.
#[derive(Debug, Clone)]
pub(crate) struct Posting(mpsc::Sender<Post>);

impl Posting {
    /// Sends an operation and waits for what becomes of it.
    pub(crate) async fn post(&self, body: String) -> Outcome {
        let (sender, outcome) = oneshot::channel();
        let waiting = Waiting { sender: Some(sender), sent: false };
        if self.0.send(Post { body, waiting }).await.is_err() {
            return Outcome::NotSent;
        }
        outcome.await.unwrap_or(Outcome::NotSent)
    }
}

/// The operations of one session: those that wait, and those that are under way.
#[derive(Debug)]
pub(super) struct Posts {
    waiting: mpsc::Receiver<Post>,
    batch: Vec<Post>,
    under_way: HashMap<u64, Waiting>,
    next: u64,
}

impl Posts {
    pub(super) fn new() -> (Posting, Self) {
        let (sender, waiting) = mpsc::channel(WAITING);
        let posts = Self { waiting, batch: Vec::new(), under_way: HashMap::new(), next: FIRST };
        (Posting(sender), posts)
    }

    /// Waits until operations are to be written. Cancel-safe.
    pub(super) async fn ready(&mut self) {
        if self.batch.is_empty() && self.waiting.recv_many(&mut self.batch, WAITING).await == 0 {
            std::future::pending().await
        }
    }

    /// Hands those that are to be written to `write`, which takes all or fails.
    pub(super) fn write<E>(&mut self, mut write: impl FnMut(u64, &str) -> Result<(), E>) -> Result<(), E> {
        for Post { body, mut waiting } in self.batch.drain(..) {
            let id = self.next;
            self.next += 1;
            // Also what could not be written whole may have arrived.
            waiting.sent = true;
            write(id, &body)?;
            self.under_way.insert(id, waiting);
        }
        Ok(())
    }

    /// An answer has come.
    pub(super) fn answered(&mut self, id: u64, payload: Box<RawValue>, failed: bool) {
        if let Some(mut waiting) = self.under_way.remove(&id) {
            waiting.tell(Outcome::Answered { payload, failed });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn settle(fate: impl AsyncFnOnce(Posts)) -> Outcome {
        let (posting, posts) = Posts::new();
        let (outcome, ()) = tokio::join!(posting.post("{}".to_owned()), fate(posts));
        outcome
    }

    #[tokio::test]
    async fn an_answer_goes_to_the_operation_of_its_id() {
        let outcome = settle(async |mut posts| {
            posts.ready().await;
            let mut written = Vec::new();
            let write = |id, _: &str| {
                written.push(id);
                Ok::<_, ()>(())
            };
            posts.write(write).expect("written");
            posts.answered(7, RawValue::NULL.to_owned(), false);
            posts.answered(written[0], RawValue::TRUE.to_owned(), false);
        });
        assert!(matches!(outcome.await, Outcome::Answered { payload, .. } if payload.get() == "true"));
    }

    #[tokio::test]
    async fn what_was_not_written_was_not_sent_and_the_rest_may_have_been() {
        assert!(matches!(settle(async |posts| drop(posts)).await, Outcome::NotSent));
        let read = async |mut posts: Posts| posts.ready().await;
        assert!(matches!(settle(read).await, Outcome::NotSent));
        let written = async |mut posts: Posts| {
            posts.ready().await;
            posts.write(|_, _| Ok::<_, ()>(())).expect("written");
        };
        assert!(matches!(settle(written).await, Outcome::Cut));
        let failed = async |mut posts: Posts| {
            posts.ready().await;
            posts.write(|_, _| Err(())).expect_err("not written");
        };
        assert!(matches!(settle(failed).await, Outcome::Cut));
    }
}
