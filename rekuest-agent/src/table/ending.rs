//! How an assignation ends.

use rekuest_core::Failure;
use rekuest_core::message::Event;
use uuid::Uuid;

/// How much of an error a caller is told, in bytes.
const LONGEST_ERROR: usize = 64 << 10;

/// One of the terminal events (protocol, section 4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ending {
    Done,
    /// The arguments or returns do not fit.
    Error(String),
    /// The function failed.
    Critical(String),
    Cancelled,
    Interrupted,
}

impl Ending {
    /// For an assignation whose events could not be kept until the server came back.
    pub(crate) fn expired() -> Self {
        Self::Critical(
            "the server was away for longer than results are kept, so what the function returned is not complete"
                .to_owned(),
        )
    }

    /// For an assignation that ended before a cut, of which more was returned than is kept.
    pub(crate) fn incomplete() -> Self {
        Self::Critical(
            "the connection was cut after the function had returned more than is kept until it is confirmed \
             (`App::retention`), so it is not known whether all of it has arrived"
                .to_owned(),
        )
    }

    /// The frame, with an id of its own.
    pub(super) fn text(&self, assignation: &str) -> String {
        let event = match self {
            Self::Done => Event::Done,
            Self::Error(error) => Event::Error(error),
            Self::Critical(error) => Event::Critical(error),
            Self::Cancelled => Event::Cancelled,
            Self::Interrupted => Event::Interrupted,
        };
        event.to_json(Uuid::new_v4(), assignation)
    }

    /// Its name for metrics.
    pub(crate) fn outcome(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Error(_) => "error",
            Self::Critical(_) => "critical",
            Self::Cancelled => "cancelled",
            Self::Interrupted => "interrupted",
        }
    }
}

impl From<Failure> for Ending {
    fn from(failure: Failure) -> Self {
        let mut error = failure.to_string();
        if error.len() > LONGEST_ERROR {
            error.truncate(error.floor_char_boundary(LONGEST_ERROR));
            error.push_str(" … (the rest is left out)");
        }
        match failure {
            Failure::Arguments(_) | Failure::Returns(_) => Self::Error(error),
            _ => Self::Critical(error),
        }
    }
}
