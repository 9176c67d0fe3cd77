//! Numbers for the `metrics` facade: whoever installs a recorder before the agent is built gets them, and nobody pays
//! for them otherwise.
//! Their names stand at [`AgentStatus`](crate::AgentStatus).

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use metrics::{Counter, Histogram, counter, gauge, histogram};

use crate::table::{Counts, Ending};

/// The meters of one function, asked for once.
pub(crate) struct FunctionMeters {
    done: Counter,
    error: Counter,
    critical: Counter,
    cancelled: Counter,
    interrupted: Counter,
    queued: Counter,
    seconds: Histogram,
}

impl FunctionMeters {
    pub(crate) fn new(interface: &str) -> Self {
        let ended = |outcome: &'static str| counter!("rekuest_assignations_total", "interface" => interface.to_owned(), "outcome" => outcome);
        Self {
            done: ended(Ending::Done.outcome()),
            error: ended("error"),
            critical: ended("critical"),
            cancelled: ended(Ending::Cancelled.outcome()),
            interrupted: ended(Ending::Interrupted.outcome()),
            queued: counter!("rekuest_assignations_queued_total", "interface" => interface.to_owned()),
            seconds: histogram!("rekuest_assignation_seconds", "interface" => interface.to_owned()),
        }
    }

    pub(crate) fn queued(&self) {
        self.queued.increment(1);
    }

    pub(crate) fn ended(&self, ending: &Ending, since: Instant) {
        let counter = match ending {
            Ending::Done => &self.done,
            Ending::Error(_) => &self.error,
            Ending::Critical(_) => &self.critical,
            Ending::Cancelled => &self.cancelled,
            Ending::Interrupted => &self.interrupted,
        };
        counter.increment(1);
        self.seconds.record(since.elapsed());
    }
}

impl std::fmt::Debug for FunctionMeters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FunctionMeters")
    }
}

/// How many assignations have ended, and how, since the agent was built.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    done: AtomicU64,
    failed: AtomicU64,
    cancelled: AtomicU64,
    connections: AtomicU64,
}

impl Totals {
    pub(crate) fn ended(&self, ending: &Ending) {
        let total = match ending {
            Ending::Done => &self.done,
            Ending::Error(_) | Ending::Critical(_) => &self.failed,
            Ending::Cancelled | Ending::Interrupted => &self.cancelled,
        };
        total.fetch_add(1, Ordering::Relaxed);
    }

    /// Done, failed, cancelled; connections.
    pub(crate) fn read(&self) -> (u64, u64, u64, u64) {
        let read = |total: &AtomicU64| total.load(Ordering::Relaxed);
        (read(&self.done), read(&self.failed), read(&self.cancelled), read(&self.connections))
    }

    pub(crate) fn connected(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
        counter!("rekuest_connections_total").increment(1);
    }
}

/// Says how full the agent is.
#[expect(clippy::cast_precision_loss, reason = "gauges are floating")]
pub(crate) fn observe(counts: &Counts) {
    gauge!("rekuest_assignations_in_flight").set(counts.running as f64);
    gauge!("rekuest_assignations_queued").set(counts.queued as f64);
    gauge!("rekuest_assignations_lingering").set(counts.lingering as f64);
    gauge!("rekuest_events_waiting").set(counts.waiting_events as f64);
    gauge!("rekuest_events_kept").set(counts.kept_events as f64);
    counter!("rekuest_logs_dropped_total").absolute(counts.dropped_logs);
}
