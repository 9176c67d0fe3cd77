//! Frames that are written together, with one flush.

use bytes::BytesMut;
use tokio_tungstenite::tungstenite::Utf8Bytes;

/// How many frames are written together; the answer to a heartbeat waits for no more than these.
const FRAMES: usize = 512;

/// How many bytes are written together.
const BYTES: usize = 256 << 10;

/// Frames in order. Small ones share one buffer, which is used again for the next batch.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    buffer: BytesMut,
    frames: Vec<Utf8Bytes>,
    bytes: usize,
}

impl Batch {
    /// Adds a copy of a frame.
    pub(super) fn push(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
        // It was text a line before.
        if let Ok(frame) = Utf8Bytes::try_from(self.buffer.split().freeze()) {
            self.push_large(frame);
        }
    }

    /// Adds a frame that is shared.
    pub(super) fn push_large(&mut self, frame: Utf8Bytes) {
        self.bytes += frame.len();
        self.frames.push(frame);
    }

    pub(super) fn is_full(&self) -> bool {
        self.frames.len() >= FRAMES || self.bytes >= BYTES
    }

    pub(super) fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// The last few frames.
    pub(crate) fn last(&self, count: usize) -> &[Utf8Bytes] {
        &self.frames[self.frames.len().saturating_sub(count)..]
    }

    /// Takes the frames out.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = Utf8Bytes> + '_ {
        self.bytes = 0;
        self.frames.drain(..)
    }
}
