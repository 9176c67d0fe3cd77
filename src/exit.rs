//! How a program ends: a code for scripts, a sentence for people.

use std::fmt;
use std::io::Write as _;
use std::process::{ExitCode, Termination};

use rekuest_agent::AgentError;
use rekuest_core::CallError;

use crate::app::AppError;

/// What [`run`](crate::run) returns, for `main` to return.
///
/// | code | meaning |
/// |---|---|
/// | 0 | done |
/// | 1 | the called function failed, or the app stopped with an error |
/// | 2 | the command line, or the arguments of a call, are wrong |
/// | 3 | there is no server, or it cannot be reached |
/// | 4 | the server, or the deployment, refused: the token, the registration, a function, the call; it sent the app away (KICK, blocked, displaced); or there is no such function, state or call |
/// | 5 | the call was cancelled |
/// | 6 | the call did not end in time |
///
/// The sentence is printed on standard error when the program ends.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "return it from `main`"]
pub struct Exit {
    code: u8,
    message: Option<String>,
}

impl Exit {
    pub(crate) const SUCCESS: Self = Self { code: 0, message: None };

    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::with(1, message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::with(2, message)
    }

    pub(crate) fn unreachable(message: impl Into<String>) -> Self {
        Self::with(3, message)
    }

    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::with(4, message)
    }

    pub(crate) fn cancelled(message: impl Into<String>) -> Self {
        Self::with(5, message)
    }

    fn with(code: u8, message: impl Into<String>) -> Self {
        Self { code, message: Some(message.into()) }
    }

    /// A code that something else has chosen, which has also said why.
    pub(crate) fn silent(code: u8) -> Self {
        Self { code, message: None }
    }

    /// The exit code of the process.
    pub fn code(&self) -> u8 {
        self.code
    }

    /// Why, unless all is well.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message.as_deref().unwrap_or("done"))
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        if let Some(message) = &self.message {
            // There is nobody left to tell that nobody listens.
            let _ = writeln!(std::io::stderr().lock(), "error: {message}");
        }
        ExitCode::from(self.code)
    }
}

impl From<AppError> for Exit {
    fn from(error: AppError) -> Self {
        let code = match &error {
            AppError::Registry(_) | AppError::Stopped(_) => 1,
            AppError::Settings(_) => 2,
            AppError::Local(_) | AppError::Access(_) => 3,
            AppError::Running { .. } | AppError::NotLetIn(_) => 4,
            AppError::Agent(
                AgentError::Definition { .. }
                | AgentError::Unreported { .. }
                | AgentError::Threads(_)
                | AgentError::Composition(_)
                | AgentError::Startup { .. }
                | AgentError::Background { .. },
            ) => 1,
            AppError::Agent(_) => 4,
        };
        Self::with(code, error.to_string())
    }
}

impl From<CallError> for Exit {
    fn from(error: CallError) -> Self {
        let code = match &error {
            CallError::Arguments(_) => 2,
            CallError::Connection { .. } | CallError::Lost { .. } => 3,
            CallError::NotFound(_) | CallError::Refused(_) | CallError::Unsupported { .. } => 4,
            CallError::Cancelled | CallError::Interrupted => 5,
            CallError::Timeout(_) | CallError::Idle(_) | CallError::AgentAway(_) => 6,
            _ => 1,
        };
        Self::with(code, error.to_string())
    }
}
