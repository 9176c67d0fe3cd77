//! What an agent says of one assignation, borrowed: written straight into a frame.

use serde_json::value::RawValue;
use uuid::Uuid;

use super::level::LogLevel;
use super::to_agent::Frame;

/// An event of an assignation, as [`FromAgent`](super::FromAgent) but without copies.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Event<'a> {
    /// How far it is.
    Progress {
        /// In percent.
        progress: Option<i64>,
        /// What it is doing.
        message: Option<&'a str>,
    },
    /// What it logged.
    Log {
        /// How serious it is.
        level: LogLevel,
        /// What was logged.
        message: &'a str,
    },
    /// What it returned, an object; null if nothing is there.
    Yield(Option<&'a RawValue>),
    /// It has ended well.
    Done,
    /// The arguments or returns did not fit the ports.
    Error(&'a str),
    /// The function failed.
    Critical(&'a str),
    /// It was cancelled.
    Cancelled,
    /// It was interrupted.
    Interrupted,
    /// It is paused.
    Paused,
    /// It goes on.
    Resumed,
    /// It has made a step. On the wire this names no assignation.
    Stepped,
}

impl Event<'_> {
    /// The type, as on the wire.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Progress { .. } => "PROGRESS",
            Self::Log { .. } => "LOG",
            Self::Yield(_) => "YIELD",
            Self::Done => "DONE",
            Self::Error(_) => "ERROR",
            Self::Critical(_) => "CRITICAL",
            Self::Cancelled => "CANCELLED",
            Self::Interrupted => "INTERRUPTED",
            Self::Paused => "PAUSED",
            Self::Resumed => "RESUMED",
            Self::Stepped => "STEPPED",
        }
    }

    /// The text of the frame with this id, about this assignation.
    pub fn to_json(&self, id: Uuid, assignation: &str) -> String {
        let mut frame = Frame::new(id, Some(self.kind()));
        if !matches!(self, Self::Stepped) {
            frame.text("assignation", assignation);
        }
        match *self {
            Self::Progress { progress, message } => {
                match progress {
                    Some(progress) => frame.number("progress", progress),
                    None => frame.raw("progress", "null"),
                }
                frame.optional_text("message", message);
            }
            Self::Log { level, message } => {
                frame.text("message", message);
                frame.text("level", level.as_str());
            }
            Self::Yield(returns) => frame.raw("returns", returns.map_or("null", RawValue::get)),
            Self::Error(error) | Self::Critical(error) => frame.text("error", error),
            Self::Done
            | Self::Cancelled
            | Self::Interrupted
            | Self::Paused
            | Self::Resumed
            | Self::Stepped => {}
        }
        frame.finish()
    }
}
