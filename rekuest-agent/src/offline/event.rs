//! What happens to a call, in its own words.

use rekuest_core::message::{FromAgent, LogLevel};
use serde_json::value::RawValue;
use tokio::sync::mpsc::UnboundedSender;

/// What happens to a call. After one that [ends](Self::is_end) it, nothing more comes.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum OfflineEvent {
    /// It waits for others to end: for its group, its function, the agent, a thread.
    Queued,
    /// It waits for nothing: its function is about to run.
    Started,
    /// How far it is.
    Progress {
        /// In percent, if the function says.
        percent: Option<i64>,
        /// What it is doing, if the function says.
        message: Option<String>,
    },
    /// What it logged.
    Log {
        /// How serious it is.
        level: LogLevel,
        /// What was logged.
        message: String,
    },
    /// An object of returns: once for a function, once an item for a generator.
    Yield(Box<RawValue>),
    /// It stands at a breakpoint.
    Paused,
    /// It goes on.
    Resumed,
    /// The end: DONE.
    Done,
    /// The end: the arguments or returns do not fit.
    Error(String),
    /// The end: the function failed or panicked, or there is none.
    Critical(String),
    /// The end: CANCELLED.
    Cancelled,
    /// The end: INTERRUPTED.
    Interrupted,
}

impl OfflineEvent {
    /// Whether this is the end of the call.
    pub fn is_end(&self) -> bool {
        matches!(self, Self::Done | Self::Error(_) | Self::Critical(_) | Self::Cancelled | Self::Interrupted)
    }
}

/// Tells a call what happens to it.
pub(super) struct Teller {
    call: UnboundedSender<OfflineEvent>,
    started: bool,
}

impl Teller {
    pub(super) fn new(call: UnboundedSender<OfflineEvent>) -> Self {
        Self { call, started: false }
    }

    /// Tells it what a frame says. True if that is its end.
    pub(super) fn tell(&mut self, frame: FromAgent) -> bool {
        let Some(event) = self.event(frame) else { return false };
        let is_end = event.is_end();
        // Whoever called may be gone.
        let _ = self.call.send(event);
        is_end
    }

    fn event(&mut self, frame: FromAgent) -> Option<OfflineEvent> {
        Some(match frame {
            // Before a function says anything, the agent says for it that it waits, and that it runs.
            FromAgent::Progress { message: Some(message), .. } if !self.started && message == "Queued" => {
                OfflineEvent::Queued
            }
            FromAgent::Progress { message: Some(message), .. } if !self.started && message == "Running" => {
                self.started = true;
                OfflineEvent::Started
            }
            FromAgent::Progress { progress, message, .. } => {
                self.started = true;
                OfflineEvent::Progress { percent: progress, message }
            }
            FromAgent::Log { level, message, .. } => OfflineEvent::Log { level, message },
            FromAgent::Yield { returns, .. } => OfflineEvent::Yield(returns?),
            FromAgent::Paused { .. } => OfflineEvent::Paused,
            FromAgent::Resumed { .. } => OfflineEvent::Resumed,
            FromAgent::Done { .. } => OfflineEvent::Done,
            FromAgent::Error { error, .. } => OfflineEvent::Error(error),
            FromAgent::Critical { error, .. } => OfflineEvent::Critical(error),
            FromAgent::Cancelled { .. } => OfflineEvent::Cancelled,
            FromAgent::Interrupted { .. } => OfflineEvent::Interrupted,
            // A STEPPED names no assignation; the PAUSED at the next breakpoint does.
            _ => return None,
        })
    }
}
