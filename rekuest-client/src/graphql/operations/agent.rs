//! What an agent says at its start, in this order: its states, itself, its implementations (protocol, section 2).

use rekuest_core::{Function, Port};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Ided, operation};

/// Replaces all states of the agent; always sent, also with none.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SetAgentStates<'a> {
    /// Which instance of the app.
    pub instance_id: &'a str,
    /// All its states.
    pub implementations: &'a [StateImplementation<'a>],
}

/// One state of an agent.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StateImplementation<'a> {
    /// The name under which the agent keeps it.
    pub interface: &'a str,
    /// What it holds.
    pub state_schema: StateSchema<'a>,
    /// What it holds first: an object.
    pub initial: &'a RawValue,
}

/// What a state holds.
#[derive(Debug, Clone, Serialize)]
pub struct StateSchema<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its fields.
    pub ports: &'a [Port],
}

/// A state that the server has taken.
#[derive(Debug, Clone, Deserialize)]
pub struct RegisteredState {
    /// Its id.
    pub id: String,
    /// The name under which the agent keeps it.
    pub interface: String,
}

operation!(
    SetAgentStates, "graphql/set_agent_states.graphql", SetAgentStates<'_>, "setAgentStates", Vec<RegisteredState>,
    input: true, idempotent: true
);

/// Changes a state: one more operation of RFC 6902 after the other. Applied twice, it changes twice.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateState<'a, P> {
    /// Which instance of the app.
    pub instance_id: &'a str,
    /// The name under which the agent keeps it.
    pub interface: &'a str,
    /// The operations.
    pub patches: &'a [P],
}

operation!(
    UpdateState, "graphql/update_state.graphql", UpdateState<'_, P>, "updateState", Ided,
    input: true, idempotent: false, of: P
);

/// Says who the agent is. It deletes every drawer the agent had.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EnsureAgent<'a> {
    /// Which instance of the app.
    pub instance_id: &'a str,
    /// What it is called: `identifier:version`.
    pub name: &'a str,
    /// Its extensions: `default`.
    pub extensions: &'a [&'a str],
}

/// The agent as the server knows it.
#[derive(Debug, Clone, Deserialize)]
pub struct EnsuredAgent {
    /// Its id, which INIT names too.
    pub id: String,
}

operation!(
    EnsureAgent, "graphql/ensure_agent.graphql", EnsureAgent<'_>, "ensureAgent", EnsuredAgent,
    input: true, idempotent: true
);

/// Says what an extension of the agent can do. One bad definition fails the whole call.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SetExtensionImplementations<'a> {
    /// Which instance of the app.
    pub instance_id: &'a str,
    /// The extension: `default`.
    pub extension: &'a str,
    /// Its functions; an action has to come before its tests.
    pub implementations: &'a [&'a Function],
    /// Whether what is not named here is dropped.
    pub run_cleanup: bool,
}

/// Says one thing that the agent can do, beside what it has said.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateImplementation<'a> {
    /// Which instance of the app.
    pub instance_id: &'a str,
    /// The extension: `default`.
    pub extension: &'a str,
    /// The function.
    pub implementation: &'a Function,
}

operation!(
    CreateImplementation, "graphql/create_implementation.graphql", CreateImplementation<'_>,
    "createImplementation", RegisteredImplementation, input: true, idempotent: true
);

/// A function that the server has taken.
#[derive(Debug, Clone, Deserialize)]
pub struct RegisteredImplementation {
    /// Its id.
    pub id: String,
    /// The name under which the agent offers it.
    pub interface: String,
    /// The action that it implements.
    pub action: RegisteredAction,
}

/// An action that a registered function implements.
#[derive(Debug, Clone, Deserialize)]
pub struct RegisteredAction {
    /// Its id.
    pub id: String,
    /// Its hash, as the server computed it.
    pub hash: String,
}

operation!(
    SetExtensionImplementations, "graphql/set_extension_implementations.graphql", SetExtensionImplementations<'_>,
    "setExtensionImplementations", Vec<RegisteredImplementation>, input: true, idempotent: true
);
