//! How a call can end otherwise.

use rekuest_core::ValueError;

use super::Recording;
use crate::AppError;

/// Why a call did not return. What happened before is [recorded](Self::recording) all the same.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TestError {
    /// The app cannot be started: two of its functions have one interface, say.
    #[error(transparent)]
    App(#[from] AppError),
    /// An argument has no JSON, so nothing was called; the error names the argument.
    #[error("the arguments cannot be written: {0}")]
    NotWritten(ValueError),
    /// ERROR: the arguments or returns do not fit the function's ports.
    #[error("the arguments or returns do not fit: {message}")]
    Error {
        /// What does not fit, and where.
        message: String,
        /// What happened before.
        recording: Recording,
    },
    /// CRITICAL: the function failed or panicked, its returns are too large, or the app has no such function.
    #[error("the function failed: {message}")]
    Critical {
        /// For a failed function, the message of its error and those of its sources.
        message: String,
        /// What happened before.
        recording: Recording,
    },
    /// CANCELLED.
    #[error("the call was cancelled")]
    Cancelled {
        /// What happened before.
        recording: Recording,
    },
    /// INTERRUPTED.
    #[error("the call was interrupted")]
    Interrupted {
        /// What happened before.
        recording: Recording,
    },
    /// What the function returned is not of the type that the test asks for.
    #[error("the returns are not what was asked for: {error}")]
    Unfit {
        /// What does not fit.
        error: ValueError,
        /// What happened.
        recording: Recording,
    },
    /// The function ended well and had returned nothing: a generator without items. [`stream`](super::stream) gives an
    /// empty list for it.
    #[error("the function ended without returning anything")]
    NothingReturned {
        /// What happened.
        recording: Recording,
    },
    /// The call has not ended, and never will: the runtime that it ran on is gone.
    #[error("the call was left without an end, as its runtime has ended")]
    Abandoned {
        /// What happened before.
        recording: Recording,
    },
}

impl TestError {
    /// What happened before; none if nothing was called.
    pub fn recording(&self) -> Option<&Recording> {
        match self {
            Self::App(_) | Self::NotWritten(_) => None,
            Self::Error { recording, .. }
            | Self::Critical { recording, .. }
            | Self::Cancelled { recording }
            | Self::Interrupted { recording }
            | Self::Unfit { recording, .. }
            | Self::NothingReturned { recording }
            | Self::Abandoned { recording } => Some(recording),
        }
    }

    /// What a caller is told, for ERROR and CRITICAL.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Error { message, .. } | Self::Critical { message, .. } => Some(message),
            _ => None,
        }
    }
}
