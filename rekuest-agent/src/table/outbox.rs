//! What is to be written, in order, and what of it was confirmed.
//!
//! The answer to a heartbeat overtakes everything (protocol, section 4). What was handed to the socket before such an
//! answer is confirmed by the next heartbeat: the server works the frames of one agent in order.

use std::collections::VecDeque;

use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::AssignationId;

/// The most frames that are handed to the socket at once: as much as the answer to a heartbeat may have to wait for.
const BATCH: usize = 256;

/// The most bytes of it, save that one frame may be as large as it is.
const BATCH_BYTES: usize = 1 << 20;

/// An event that is kept until it is confirmed.
type Kept = (AssignationId, u64);

#[derive(Debug, Default)]
pub(super) struct Outbox {
    open: bool,
    queue: VecDeque<(Utf8Bytes, Option<Kept>)>,
    answer_due: bool,
    /// Frames were taken and may not have been handed to the socket yet.
    in_flight: bool,
    /// Handed to the socket, oldest first, not yet confirmed.
    written: VecDeque<Kept>,
    /// How many of `written` went out before the last answer.
    answered: usize,
    next_number: u64,
}

impl Outbox {
    /// A number that no other event has.
    pub(super) fn number(&mut self) -> u64 {
        self.next_number += 1;
        self.next_number
    }

    /// Queues a frame; while there is no connection it is dropped, since whatever counts is kept elsewhere.
    pub(super) fn push(&mut self, frame: Utf8Bytes, kept: Option<Kept>) {
        if self.open {
            self.queue.push_back((frame, kept));
        }
    }

    /// How many frames wait to be written.
    pub(super) fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Whether everything was handed to the socket.
    pub(super) fn is_flushed(&self) -> bool {
        self.queue.is_empty() && !self.in_flight
    }

    /// The frames that were taken last were handed to the socket.
    pub(super) fn landed(&mut self) {
        self.in_flight = false;
    }

    /// A heartbeat came: an answer is due, and the events written before the last answer are confirmed.
    pub(super) fn heartbeat(&mut self) -> Vec<Kept> {
        self.answer_due = true;
        self.written.drain(..std::mem::take(&mut self.answered)).collect()
    }

    /// Moves the next frames into `batch`; false if there are none.
    pub(super) fn take(&mut self, batch: &mut Vec<Utf8Bytes>, answer: impl FnOnce() -> Utf8Bytes) -> bool {
        if !self.open {
            return false;
        }
        if std::mem::take(&mut self.answer_due) {
            self.answered = self.written.len();
            batch.push(answer());
        }
        let mut bytes = 0;
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Some((frame, kept)) = self.queue.pop_front() else { break };
            bytes += frame.len();
            batch.push(frame);
            self.written.extend(kept);
        }
        self.in_flight = !batch.is_empty();
        self.in_flight
    }

    /// How many written events are unconfirmed.
    pub(super) fn unconfirmed(&self) -> usize {
        self.written.len()
    }

    /// Gives up waiting for the confirmation of the oldest written event.
    pub(super) fn oldest_written(&mut self) -> Option<Kept> {
        let oldest = self.written.pop_front()?;
        self.answered = self.answered.saturating_sub(1);
        Some(oldest)
    }

    /// A connection is up.
    pub(super) fn open(&mut self) {
        self.open = true;
    }

    /// The connection is gone, and with it what was queued and what could have been confirmed on it.
    pub(super) fn close(&mut self) {
        let next_number = self.next_number;
        *self = Self { next_number, ..Self::default() };
    }
}
