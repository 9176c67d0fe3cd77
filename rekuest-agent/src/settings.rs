//! What can be said about how an agent runs.

use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;
use std::time::Duration;

use rekuest_core::task::PrintedOutput;

/// How fast PROGRESS, LOG, YIELD and the ends of assignations are sent.
///
/// The observed server works 30 to 45 events of one agent a second, in order, and closes the connection when the answer
/// to a heartbeat is stuck behind them for 5 s (protocol, section 4). Paced events wait here, where answers overtake
/// them; while they wait, PROGRESS is merged to the newest of an assignation, and too many LOGs are counted and dropped.
/// YIELDs and ends only wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Pace {
    /// As the server announces: the embedded one needs none. One that announces nothing starts at 30 a second; the pace
    /// then follows how fast it turns out to be.
    #[default]
    Announced,
    /// So many events a second, whatever the server.
    PerSecond(NonZeroU32),
    /// As fast as the socket takes them.
    Unlimited,
}

/// Limits and delays of one agent.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// How long running work may take to finish once the agent is asked to end.
    pub(crate) drain: Duration,
    /// How many assignations run at once.
    pub(crate) concurrency: Option<NonZeroUsize>,
    /// How many blocking functions run at once.
    pub(crate) blocking_threads: NonZeroUsize,
    /// The largest ASSIGN and YIELD, in bytes.
    pub(crate) max_message: usize,
    /// How much is kept of what the server has not confirmed, in bytes, and for how long.
    pub(crate) retention: (usize, Duration),
    pub(crate) pace: Pace,
    /// Functions that the server refuses are left out, instead of ending the agent.
    pub(crate) leave_out_refused: bool,
    /// The first delay before coming back, and the longest.
    pub(crate) backoff: (Duration, Duration),
    /// After how long without any frame the connection counts as dead.
    pub(crate) silence: Duration,
    /// How long an assignation that the server asks about may still arrive.
    pub(crate) grace: Duration,
    /// How much may be kept in drawers, in bytes.
    pub(crate) shelf_budget: Option<usize>,
    /// Takes what functions print, for callers who ask for it.
    pub(crate) printed_output: Option<Arc<dyn PrintedOutput>>,
}

const BLOCKING_THREADS: NonZeroUsize = NonZeroUsize::new(256).expect("not zero");

impl Default for Settings {
    fn default() -> Self {
        Self {
            drain: Duration::from_secs(30),
            concurrency: None,
            blocking_threads: BLOCKING_THREADS,
            // A value of 64 MiB, and what is around it.
            max_message: 65 << 20,
            retention: (16 << 20, Duration::from_secs(24 * 60 * 60)),
            pace: Pace::Announced,
            leave_out_refused: false,
            backoff: (Duration::from_millis(200), Duration::from_secs(30)),
            // Heartbeats come every 10 to 15 seconds.
            silence: Duration::from_secs(60),
            grace: Duration::from_secs(3),
            shelf_budget: None,
            printed_output: None,
        }
    }
}
