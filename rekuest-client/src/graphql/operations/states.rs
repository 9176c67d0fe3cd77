//! States: what agents show of themselves, asked for (`state`) or told as it changes (`stateUpdateEvents`). Protocol,
//! sections 2 and 3.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::operation;

/// Asks for all agents and the names of their states. A state is found among them: no query names one by its app.
#[derive(Debug, Clone, Serialize)]
pub struct FindStates {}

/// An agent and the states that it shows.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentStates {
    /// Its id.
    pub id: String,
    /// What it is called: `identifier:version`.
    pub name: String,
    /// Whether it is there to change them.
    pub connected: bool,
    /// Which instance of the app it is.
    pub instance_id: String,
    /// Its states.
    #[serde(default)]
    pub states: Vec<ShownState>,
}

/// A state that an agent shows.
#[derive(Debug, Clone, Deserialize)]
pub struct ShownState {
    /// Its id.
    pub id: String,
    /// The name under which the agent keeps it.
    pub interface: String,
}

operation!(
    FindStates, "graphql/find_states.graphql", FindStates, "agents", Vec<AgentStates>, input: false, idempotent: true
);

/// Asks for what a state holds now.
#[derive(Debug, Clone, Serialize)]
pub struct ReadState<'a> {
    /// Its id.
    pub id: &'a str,
}

/// What a state holds at one moment.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StateValue {
    /// The id of the state.
    pub id: String,
    /// The object of its fields.
    pub value: Box<RawValue>,
    /// Since when: a point in time as ISO 8601, in UTC.
    #[serde(default)]
    pub updated_at: Option<String>,
    /// Whose state it is; only when it is asked for.
    #[serde(default)]
    pub agent: Option<StateAgent>,
}

/// The agent that shows a state.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct StateAgent {
    /// Whether it is there to change it.
    pub connected: bool,
}

operation!(
    ReadState, "graphql/read_state.graphql", ReadState<'_>, "state", Option<StateValue>, input: false, idempotent: true
);

/// Asks to be told what a state holds whenever that changes. A subscription: it goes over the websocket.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StateUpdateEvents<'a> {
    /// The id of the state.
    pub state_id: &'a str,
}

operation!(
    StateUpdateEvents, "graphql/state_update_events.graphql", StateUpdateEvents<'_>, "stateUpdateEvents", StateValue,
    input: false, idempotent: true
);
