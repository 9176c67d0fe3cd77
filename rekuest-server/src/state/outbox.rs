//! What waits to be sent to one agent.
//!
//! The outbox belongs to the agent, not to its socket: what a lost connection did not take is sent by the next one,
//! right after INIT. A frame counts as delivered once it is handed to a socket that was ready for it; one that the network
//! loses after that is found by the agent among the inquiries of its next INIT.
//!
//! Policy: an agent that does not read cannot make the server grow. Past [`Settings`](crate::settings::Settings)'
//! number of frames or bytes, the mutation that would add one is refused; nothing is dropped silently.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::Refused;
use crate::ids::Id;

/// Frames for one agent, in order.
#[derive(Debug)]
pub(crate) struct Outbox {
    queue: Mutex<Queue>,
    changed: Notify,
    most_frames: usize,
    most_bytes: usize,
}

/// What a connection finds in the outbox.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Waiting {
    Frame(String),
    Nothing,
    /// Another connection holds the outbox.
    Lost,
}

#[derive(Debug, Default)]
struct Queue {
    frames: VecDeque<String>,
    bytes: usize,
    /// The connection that may take.
    holder: Option<Id>,
}

impl Outbox {
    pub(super) fn new(most_frames: usize, most_bytes: usize) -> Self {
        Self { queue: Mutex::default(), changed: Notify::new(), most_frames, most_bytes }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a frame.
    pub(super) fn push(&self, frame: String) -> Result<(), Refused> {
        let mut queue = self.lock();
        let too_many = queue.frames.len() >= self.most_frames;
        // A single frame is taken however large it is: it was read as one message before.
        let too_large = !queue.frames.is_empty() && queue.bytes + frame.len() > self.most_bytes;
        if too_many || too_large {
            return Err(Refused::OutboxFull);
        }
        queue.bytes += frame.len();
        queue.frames.push_back(frame);
        drop(queue);
        self.changed.notify_one();
        Ok(())
    }

    /// From now on only `connection` takes.
    pub(super) fn hold(&self, connection: Id) {
        self.lock().holder = Some(connection);
        self.changed.notify_waiters();
        self.changed.notify_one();
    }

    /// Takes the frame that has waited longest.
    pub(crate) fn pop(&self, connection: Id) -> Waiting {
        let mut queue = self.lock();
        if queue.holder != Some(connection) {
            return Waiting::Lost;
        }
        match queue.frames.pop_front() {
            Some(frame) => {
                queue.bytes -= frame.len();
                Waiting::Frame(frame)
            }
            None => Waiting::Nothing,
        }
    }

    /// Waits until there is something to find for `connection`.
    pub(crate) async fn changed(&self, connection: Id) {
        loop {
            let changed = self.changed.notified();
            {
                let queue = self.lock();
                if queue.holder != Some(connection) {
                    // The permit may have been meant for the holder.
                    self.changed.notify_one();
                    return;
                }
                if !queue.frames.is_empty() {
                    return;
                }
            }
            changed.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::IdSource;

    #[tokio::test]
    async fn frames_wait_for_the_connection_that_holds_the_outbox() {
        let (ids, outbox) = (IdSource::starting_now(), Outbox::new(10, 1_000));
        let (first, second) = (ids.next(), ids.next());
        outbox.hold(first);
        outbox.push("a".to_owned()).expect("room");
        outbox.push("b".to_owned()).expect("room");
        outbox.changed(first).await;
        assert_eq!(outbox.pop(first), Waiting::Frame("a".to_owned()));
        outbox.hold(second);
        outbox.changed(first).await;
        assert_eq!(outbox.pop(first), Waiting::Lost);
        outbox.changed(second).await;
        assert_eq!(outbox.pop(second), Waiting::Frame("b".to_owned()));
        assert_eq!(outbox.pop(second), Waiting::Nothing);
    }

    #[test]
    fn a_full_outbox_refuses_and_takes_again_when_it_was_read() {
        let (connection, outbox) = (IdSource::starting_now().next(), Outbox::new(2, 10));
        outbox.hold(connection);
        outbox.push("x".repeat(20)).expect("a single frame of any size");
        assert!(matches!(outbox.push("y".to_owned()), Err(Refused::OutboxFull)));
        assert!(matches!(outbox.pop(connection), Waiting::Frame(_)));
        outbox.push("a".to_owned()).expect("room");
        outbox.push("b".to_owned()).expect("room");
        assert!(matches!(outbox.push("c".to_owned()), Err(Refused::OutboxFull)));
    }
}
