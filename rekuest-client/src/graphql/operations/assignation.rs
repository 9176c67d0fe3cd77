//! What happened to a call: asked for (`assignation`), or told as it happens (`assignations`). Protocol, sections 2
//! and 3.

use rekuest_core::ActionKind;
use rekuest_core::message::LogLevel;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::operation;

/// Asks for the state of a call.
#[derive(Debug, Clone, Serialize)]
pub struct Assignation<'a> {
    /// Its id.
    pub id: &'a str,
}

/// The state of a call. The observed server also has a `latestEventKind`, which is not to be believed.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssignationState {
    /// Its id.
    pub id: String,
    /// Whether it has ended.
    pub is_done: bool,
    /// What its caller calls it.
    #[serde(default)]
    pub reference: Option<String>,
    /// What is run, if the server says.
    #[serde(default)]
    pub action: Option<AssignationAction>,
    /// The last events, newest first; no more than ten on the observed server.
    #[serde(default)]
    pub events: Vec<AssignationEvent>,
}

/// What an assignation runs.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct AssignationAction {
    /// Whether it yields once or many times.
    pub kind: ActionKind,
}

operation!(
    Assignation, "graphql/assignation.graphql", Assignation<'_>, "assignation", Option<AssignationState>,
    input: false, idempotent: true
);

/// Asks whether the agent that runs a call is connected.
#[derive(Debug, Clone, Serialize)]
pub struct AssignationAgent<'a> {
    /// The id of the call.
    pub id: &'a str,
}

/// A call, as far as its agent is concerned.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct RunBy {
    /// The agent that runs it, if the server says.
    #[serde(default)]
    pub agent: Option<AgentPresence>,
}

/// Whether an agent is there.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct AgentPresence {
    /// Whether it is connected.
    pub connected: bool,
}

operation!(
    AssignationAgent, "graphql/assignation_agent.graphql", AssignationAgent<'_>, "assignation", Option<RunBy>,
    input: false, idempotent: true
);

/// Asks to be told what happens to the calls of this caller. A subscription: it goes over the websocket.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Assignations<'a> {
    /// The instance of the caller.
    pub instance_id: &'a str,
}

/// One thing that is told: a call was accepted, or something happened to one.
#[derive(Debug, Clone, Deserialize)]
pub struct AssignationChange {
    /// The call that was accepted.
    #[serde(default)]
    pub create: Option<AssignationCreated>,
    /// What happened.
    #[serde(default)]
    pub event: Option<AssignationEvent>,
}

/// A call that the server has accepted.
#[derive(Debug, Clone, Deserialize)]
pub struct AssignationCreated {
    /// Its id.
    pub id: String,
    /// What its caller calls it.
    #[serde(default)]
    pub reference: Option<String>,
}

operation!(
    Assignations, "graphql/assignations.graphql", Assignations<'_>, "assignations", AssignationChange,
    input: false, idempotent: true
);

/// Asks for all calls of this caller. Long on the observed server: only for what cannot be found otherwise.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnAssignations<'a> {
    /// The instance of the caller.
    pub instance_id: &'a str,
}

operation!(
    OwnAssignations, "graphql/own_assignations.graphql", OwnAssignations<'_>, "assignations", Vec<AssignationCreated>,
    input: false, idempotent: true
);

/// One event of a call.
#[derive(Debug, Clone, Deserialize)]
pub struct AssignationEvent {
    /// Its id; the same event has the same one however it is learned of.
    pub id: String,
    /// What happened.
    pub kind: EventKind,
    /// YIELD: what was returned.
    #[serde(default)]
    pub returns: Option<Box<RawValue>>,
    /// What the caller calls the call.
    #[serde(default)]
    pub reference: Option<String>,
    /// LOG, PROGRESS, ERROR, CRITICAL: what was said.
    #[serde(default)]
    pub message: Option<String>,
    /// PROGRESS: how far it is, in percent.
    #[serde(default)]
    pub progress: Option<i64>,
    /// LOG: how serious it is.
    #[serde(default, deserialize_with = "level")]
    pub level: Option<LogLevel>,
    /// The call; only when it is told.
    #[serde(default)]
    pub assignation: Option<super::Ided>,
}

/// Reads a level that is not known as none: it is not worth losing the event for.
fn level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<LogLevel>, D::Error> {
    let name = Option::<String>::deserialize(deserializer)?;
    Ok(name.and_then(|name| serde_json::from_value(name.into()).ok()))
}

/// What happened to a call, named and spelled as on the wire (protocol, section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum EventKind {
    /// An implementation was chosen.
    Bound,
    /// It waits for the agent.
    Queued,
    /// The agent was told.
    Assign,
    /// How far it is.
    Progress,
    /// It has called something itself.
    Delegate,
    /// The agent is away; it may come back.
    Disconnected,
    /// Returns.
    Yield,
    /// It has ended well.
    Done,
    /// Something was logged.
    Log,
    /// Somebody asked for its cancellation.
    Canceling,
    /// It was cancelled.
    Cancelled,
    /// Somebody asked for its interruption.
    Interupting,
    /// It was interrupted.
    Interupted,
    /// The arguments or the returns did not fit.
    Error,
    /// The function failed.
    Critical,
    /// Something that later servers say.
    #[serde(other)]
    Unknown,
}

impl EventKind {
    /// Whether nothing comes after it.
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::Done | Self::Error | Self::Critical | Self::Cancelled | Self::Interupted)
    }
}
