//! Why the server refuses what it was asked. The messages are those of the protocol where it has one.

use rekuest_core::ValueError;

/// A request that is refused; its message becomes the GraphQL error.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("there is no {what} `{id}` that you can see")]
    NotFound { what: &'static str, id: String },
    #[error("Agent is not connected")]
    AgentAway,
    #[error("No active implementation found for this action")]
    NoImplementation,
    #[error("No active implementation found for the reservation {id}: wait until it is viable")]
    NotViable { id: String },
    #[error("expected one of `action`, `implementation`, `hash`: what to reserve")]
    NothingReserved,
    #[error("there are {most} reservations of this instance already: unreserve those that are not needed")]
    TooManyReservations { most: usize },
    #[error("the instance `{instance_id}` has no agent yet: call ensureAgent first")]
    NoAgent { instance_id: String },
    #[error(
        "expected one of `action`, `implementation`, `actionHash`, `reservation`, or `agent` with `interface`: what to run"
    )]
    NothingNamed,
    #[error("{what} are not supported by this server: {instead}")]
    Unsupported { what: &'static str, instead: &'static str },
    #[error("the arguments do not fit `{action}`: {}", list(.mistakes))]
    Arguments { action: String, mistakes: Vec<ValueError> },
    #[error("the implementation `{interface}` cannot be registered: {reason}")]
    Definition { interface: String, reason: String },
    #[error("the agent has too many instructions waiting for it: it does not read them; try again later")]
    OutboxFull,
    #[error(
        "No active implementation found for this depdendency {key}: {of} needs an action with {asked}, and {remedy}, or name an implementation of it in `dependencies`"
    )]
    Dependency { key: String, of: String, asked: String, remedy: String },
    #[error(
        "Dependency {key} has no action hash and nothing else to find an action by: register {of} with a hash, a name or matches for it, or name an implementation of it in `dependencies`"
    )]
    VagueDependency { key: String, of: String },
    #[error(
        "`dependencies` names the implementation `{id}` for {key}, which there is not, or not for you to see: name another, or leave it out to have one chosen"
    )]
    Chosen { key: String, id: String },
    #[error("there is no action with {0}")]
    NothingFits(String),
    #[error("the state `{interface}` cannot be changed: {reason}")]
    State { interface: String, reason: String },
    #[error("`{what}` has to be an object, got {got}")]
    NotAnObject { what: &'static str, got: String },
}

impl Refused {
    pub(crate) fn not_found(what: &'static str, id: impl ToString) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }
}

fn list(mistakes: &[ValueError]) -> String {
    mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
