//! Why an agent stopped.

use rekuest_client::{AccessError, GraphqlError};
use rekuest_core::Location;

use crate::composition::CompositionError;

/// Why an agent stopped although nobody asked it to.
///
/// Whatever can pass by itself (a server that is away, a cut connection) is not among them: the agent waits and comes
/// back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AgentError {
    /// The threads for blocking functions cannot be had.
    #[error("the threads for blocking functions cannot be started: {0}")]
    Threads(std::io::Error),
    /// A function cannot be described: a default of it has no JSON, or does not keep its bounds. Mend the function.
    #[error("the function `{interface}` cannot be registered: {reason}")]
    Definition {
        /// The interface of the function.
        interface: String,
        /// What is wrong.
        reason: String,
    },
    /// What the app is made of does not fit together. The sentence says what to change.
    #[error(transparent)]
    Composition(#[from] CompositionError),
    /// A startup function failed, panicked or took too long, so the app was not registered.
    #[error("the startup function `{name}` ({location}) failed: {reason}")]
    Startup {
        /// Its name.
        name: &'static str,
        /// Where it stands.
        location: Location,
        /// The message of its error, or what else happened.
        reason: String,
    },
    /// A background function failed that ends the agent when it does: `#[background(on_failure = stop)]`.
    #[error("the background function `{name}` ({location}) failed: {reason}")]
    Background {
        /// Its name.
        name: &'static str,
        /// Where it stands.
        location: Location,
        /// The message of its error, or of its panic.
        reason: String,
    },
    /// The server refused what the agent registers. Its reason names what to change.
    #[error("the server refused to register the agent, while {step}: {source}")]
    RegistrationRefused {
        /// What was being registered.
        step: &'static str,
        /// What the server said.
        source: Box<GraphqlError>,
    },
    /// The server does not take these functions. Mend them, or leave them out
    /// ([`AgentBuilder::leave_out_refused`](crate::AgentBuilder::leave_out_refused)).
    #[error("the server refused {}", refused(.functions))]
    FunctionsRefused {
        /// Their interfaces, and what the server said.
        functions: Vec<(String, String)>,
    },
    /// The token was refused, also when it was fetched anew. Check it, or log in again.
    #[error("the server refused the token {attempts} times in a row; check the token, or log in again")]
    TokenRefused {
        /// How often.
        attempts: u32,
    },
    /// The deployment does not let the app in, for the reason that its message says.
    #[error("{0}")]
    NotLetIn(AccessError),
    /// Another connection holds this agent. Give this process an instance id of its own.
    #[error(
        "another process serves this agent (identity and instance id `{instance_id}`) already; \
         give this one an --instance-id of its own"
    )]
    Displaced {
        /// The instance id that both have.
        instance_id: String,
    },
    /// The agent was asked to end, and time was up before the server was known to have every result. It answers for them
    /// as lost when the app starts again.
    #[error(
        "the agent has ended, but the results of {assignations} assignations are not known to have arrived"
    )]
    Unreported {
        /// How many assignations are concerned.
        assignations: usize,
    },
    /// Somebody asked the server to send this agent away.
    #[error("the server sent the agent away{}", .reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default())]
    Kicked {
        /// Why, if they said.
        reason: Option<String>,
    },
    /// The agent is blocked on the server. Whoever administers the server can unblock it.
    #[error("the agent is blocked on the server; whoever administers the server can unblock it")]
    Blocked,
    /// The server could not read our frames, again and again: a fault of this library, or of something in between.
    #[error(
        "the server closed the connection {attempts} times in a row, because it could not read our frames"
    )]
    Unreadable {
        /// How often.
        attempts: u32,
    },
}

fn refused(functions: &[(String, String)]) -> String {
    let each: Vec<String> =
        functions.iter().map(|(interface, reason)| format!("the function `{interface}`: {reason}")).collect();
    each.join("; ")
}
