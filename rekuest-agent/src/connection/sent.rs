//! What was sent last, for the log when the server does not understand it.

use std::sync::{Mutex, PoisonError};

use crate::table::Batch;

/// How many frames are remembered.
const FRAMES: usize = 8;

/// How much of a frame is kept and logged, in bytes.
const SHOWN: usize = 300;

/// The frames that were sent last on one connection. REGISTER, which holds the token, is not among them.
#[derive(Debug, Default)]
pub(super) struct Sent(Mutex<Vec<String>>);

impl Sent {
    pub(super) fn remember(&self, batch: &Batch) {
        let mut frames = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = batch.last(FRAMES);
        let kept = frames.len().min(FRAMES - newest.len());
        let superseded = frames.len() - kept;
        frames.drain(..superseded);
        frames.extend(newest.iter().map(|frame| frame[..frame.floor_char_boundary(SHOWN)].to_owned()));
    }

    /// The beginnings of the frames, oldest first.
    pub(super) fn shown(&self) -> Vec<String> {
        let frames = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        frames.clone()
    }
}
