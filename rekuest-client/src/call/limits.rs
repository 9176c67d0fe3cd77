//! When a caller gives up a call that does not end.

use std::time::Duration;

use rekuest_core::CallError;
use rekuest_core::caller::{CallEvent, CallOptions, OnDisconnect};
use tokio::time::Instant;

/// The limits of one call. A limit beyond what can be counted is none.
#[derive(Debug)]
pub(super) struct Limits {
    /// When the call has to have ended, and how long that was from its start.
    total: Option<(Instant, Duration)>,
    idle: Option<Duration>,
    /// When something was heard of the agent last.
    heard: Instant,
    on_disconnect: OnDisconnect,
    /// Since when the agent is away.
    away: Option<Instant>,
}

/// Which limit has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passed {
    Total(Duration),
    Idle(Duration),
    /// The agent was away for so long; it may be back, and be silent.
    Away(Duration),
}

impl Passed {
    /// The error that a call ends with for it.
    pub(super) fn error(self) -> CallError {
        match self {
            Self::Total(limit) => CallError::Timeout(limit),
            Self::Idle(limit) => CallError::Idle(limit),
            Self::Away(limit) => CallError::AgentAway(limit),
        }
    }
}

impl Limits {
    /// Of a call that was started at `begun` and is accepted now.
    pub(super) fn new(options: &CallOptions, begun: Instant) -> Self {
        let total = options.timeout.and_then(|limit| Some((begun.checked_add(limit)?, limit)));
        let on_disconnect = options.on_disconnect;
        Self { total, idle: options.idle_timeout, heard: Instant::now(), on_disconnect, away: None }
    }

    /// Something has come out of the call.
    pub(super) fn saw(&mut self, event: &CallEvent) {
        match event {
            CallEvent::Disconnected => self.away = Some(Instant::now()),
            CallEvent::Progress { .. } | CallEvent::Log { .. } | CallEvent::Yield(_) => {
                self.back();
                self.begin();
            }
            _ => {}
        }
    }

    /// The agent is there, whether it tells something or not.
    pub(super) fn back(&mut self) {
        self.away = None;
    }

    /// From now on, the agent is waited for.
    pub(super) fn begin(&mut self) {
        if self.idle.is_some() {
            self.heard = Instant::now();
        }
    }

    /// The limit that passes next, and when.
    pub(super) fn next(&self) -> Option<(Instant, Passed)> {
        let total = self.total.map(|(at, limit)| (at, Passed::Total(limit)));
        let idle = self.idle.and_then(|limit| Some((self.heard.checked_add(limit)?, Passed::Idle(limit))));
        let away = match (self.on_disconnect, self.away) {
            (OnDisconnect::FailAfter(limit), Some(since)) => {
                since.checked_add(limit).map(|at| (at, Passed::Away(limit)))
            }
            _ => None,
        };
        [total, idle, away].into_iter().flatten().min_by_key(|(at, _)| *at)
    }
}
