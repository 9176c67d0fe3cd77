//! Why a call did not return.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use crate::value::ValueError;

/// Why a call did not return.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// An argument does not fit its port. Nothing was sent; the error names the argument.
    #[error("the arguments do not fit: {0}")]
    Arguments(ValueError),
    /// What came back does not fit the expected type. The function ran; caller and provider disagree about its
    /// definition.
    #[error("the returns do not fit: {0}")]
    Returns(ValueError),
    /// ERROR: the agent could not read the arguments, or could not send the returns. Mend the arguments.
    #[error("the agent refused the arguments or returns: {message}")]
    Error {
        /// What the agent said.
        message: String,
    },
    /// CRITICAL: the function failed, panicked, or is not there.
    #[error("the function failed: {message}")]
    Critical {
        /// What the agent said: for a failed function, the message of its error.
        message: String,
    },
    /// CANCELLED: somebody cancelled the call.
    #[error("the call was cancelled")]
    Cancelled,
    /// INTERUPTED: somebody interrupted the call.
    #[error("the call was interrupted")]
    Interrupted,
    /// The timeout of the call passed. Its cancellation was asked for.
    #[error("the call did not end within {0:?}")]
    Timeout(Duration),
    /// The agent told nothing for as long as the call allows. Its cancellation was asked for.
    #[error("nothing was heard of the call for {0:?}")]
    Idle(Duration),
    /// The agent was disconnected, and had not come back when the time that the call allows for that was over. Its
    /// cancellation was asked for, which reaches the agent when it is back.
    #[error("the agent was disconnected and did not come back within {0:?}")]
    AgentAway(Duration),
    /// The server that is connected to cannot do this, and says so before anything is sent. The sentence says what there
    /// is instead.
    #[error("this server cannot do this: {what}; {instead}")]
    Unsupported {
        /// What it cannot do.
        what: &'static str,
        /// What can be done instead.
        instead: &'static str,
    },
    /// Another call of this client with this reference has not ended. Nothing was sent; use another one, or wait for the
    /// other call.
    #[error("a call with the reference {0} is outstanding already")]
    ReferenceTaken(Uuid),
    /// This client follows the call already. Nothing was asked; use the handle that there is, or drop it first.
    #[error("the call {assignation} is followed by this client already")]
    AlreadyFollowed {
        /// Its id.
        assignation: String,
    },
    /// The stream was polled, and so its call was started already. Start it before, or read the stream.
    #[error("the call was started already, by reading its stream")]
    Started,
    /// There is nothing to call under this name, hash or id.
    #[error("{0}")]
    NotFound(String),
    /// The server refused the call, and why: the agent is not connected, say.
    #[error("the server refused the call: {0}")]
    Refused(String),
    /// The server does not know the assignation any more: it was restarted and had kept it in memory. Whether the
    /// function ran to its end is not known; call again if it may run twice.
    #[error(
        "the server no longer knows the assignation {assignation}: it has lost its data, by a restart say"
    )]
    Lost {
        /// The id it had.
        assignation: String,
    },
    /// Events were lost that the server does not keep: what the call returned is not known completely.
    #[error("events of the assignation {assignation} were lost; its returns are not known completely")]
    Lagged {
        /// The assignation.
        assignation: String,
    },
    /// The function ended with DONE and had yielded nothing.
    #[error("the function ended without returning anything")]
    NothingReturned,
    /// The server cannot be reached, or does not answer as a rekuest server does.
    #[error("{context}: {source}")]
    Connection {
        /// What was being done.
        context: String,
        /// What went wrong.
        source: Arc<dyn Error + Send + Sync>,
    },
    /// The function that makes the call was given no implementation for this dependency. The sentence says why.
    #[error("there is no implementation for the dependency `{key}`: {reason}")]
    NotGiven {
        /// The name of the dependency.
        key: String,
        /// Why there is none, and what to do.
        reason: String,
    },
    /// The definition of the called function cannot be written: one of its defaults has no JSON.
    #[error("the definition of the called function cannot be written: {0}")]
    Definition(String),
}
