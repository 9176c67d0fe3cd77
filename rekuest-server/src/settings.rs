//! The server's limits and delays, with the values of the protocol as defaults.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::state::reservations::ReservationStrategy;

/// How long the server waits and how much it keeps.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// From INIT, or the last answer, to the next HEARTBEAT (protocol, section 4).
    pub(crate) heartbeat_interval: Duration,
    /// Within what a HEARTBEAT has to be answered.
    pub(crate) heartbeat_answer: Duration,
    /// How many finished assignations are kept. Running ones are always kept.
    pub(crate) finished_kept: usize,
    /// How many bytes of arguments, returns and messages the finished assignations may hold together.
    pub(crate) finished_bytes: usize,
    /// How many changes a subscription may be behind before it is cut.
    pub(crate) subscription_backlog: usize,
    /// How many frames may wait for an agent to read them.
    pub(crate) outbox_frames: usize,
    /// How many bytes of frames may wait for an agent to read them.
    pub(crate) outbox_bytes: usize,
    /// The largest body, frame and message that is read, in bytes.
    pub(crate) largest_message: usize,
    /// How long one frame of an agent takes; none for as long as it does.
    pub(crate) frame_time: Option<Duration>,
    /// How calls by reservations get their implementations.
    pub(crate) reservation_strategy: ReservationStrategy,
    /// The identifiers of structures that are known; none for all that are well-formed.
    pub(crate) structures: Option<BTreeSet<String>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            heartbeat_interval: Duration::from_secs(10),
            heartbeat_answer: Duration::from_secs(5),
            finished_kept: 10_000,
            finished_bytes: 256 * 1024 * 1024,
            subscription_backlog: 16_384,
            outbox_frames: 65_536,
            outbox_bytes: 256 * 1024 * 1024,
            largest_message: 256 * 1024 * 1024,
            frame_time: None,
            reservation_strategy: ReservationStrategy::default(),
            structures: None,
        }
    }
}
