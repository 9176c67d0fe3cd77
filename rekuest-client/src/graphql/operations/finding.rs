//! Finding what can be called (protocol, section 2, "An agent's start").

use rekuest_core::{ActionKind, DemandBuf, PortBuf};
use serde::{Deserialize, Serialize};

use super::{Ided, operation};

/// Asks for an action by its id.
#[derive(Debug, Clone, Serialize)]
pub struct ActionById<'a> {
    /// The id.
    pub id: &'a str,
}

operation!(
    ActionById, "graphql/action_by_id.graphql", ActionById<'_>, "action", Option<ActionDescription>,
    input: false, idempotent: true
);

/// Asks for an action by its hash.
#[derive(Debug, Clone, Serialize)]
pub struct ActionByHash<'a> {
    /// The hash: 64 hexadecimal digits.
    pub hash: &'a str,
}

operation!(
    ActionByHash, "graphql/action_by_hash.graphql", ActionByHash<'_>, "action", Option<ActionDescription>,
    input: false, idempotent: true
);

/// Asks for an action that is like this: one that can be called now, where the server takes care of that.
#[derive(Debug, Clone, Serialize)]
pub struct ActionMatching<'a> {
    /// What it has to be like.
    pub matching: &'a DemandBuf,
}

operation!(
    ActionMatching, "graphql/action_matching.graphql", ActionMatching<'_>, "action", Option<Ided>,
    input: false, idempotent: true
);

/// An action: the documented signature of a function.
#[derive(Debug, Clone, Deserialize)]
pub struct ActionDescription {
    /// Its id on this server.
    pub id: String,
    /// Its hash, the same on every server.
    pub hash: String,
    /// The name that people see.
    pub name: String,
    /// Whether it yields once or many times.
    pub kind: ActionKind,
    /// What it does.
    #[serde(default)]
    pub description: Option<String>,
    /// Its arguments.
    #[serde(default)]
    pub args: Vec<PortBuf>,
    /// Its returns.
    #[serde(default)]
    pub returns: Vec<PortBuf>,
    /// Who offers it; empty where the action is asked for as that of one implementation.
    #[serde(default)]
    pub implementations: Vec<Offering>,
}

/// One agent's way to run an action that is known.
#[derive(Debug, Clone, Deserialize)]
pub struct Offering {
    /// Its id.
    pub id: String,
    /// The name under which the agent offers it.
    pub interface: String,
    /// The extension of the agent that it belongs to.
    #[serde(default)]
    pub extension: String,
    /// The agent.
    pub agent: AgentDescription,
}

/// Asks for every implementation that is offered under an interface, by whichever app.
#[derive(Debug, Clone, Serialize)]
pub struct FindImplementations<'a> {
    /// The interface.
    pub interface: &'a str,
}

/// One agent's way to run an action.
#[derive(Debug, Clone, Deserialize)]
pub struct ImplementationDescription {
    /// Its id.
    pub id: String,
    /// The name under which the agent offers it.
    pub interface: String,
    /// The extension of the agent that it belongs to.
    #[serde(default)]
    pub extension: String,
    /// The agent.
    pub agent: AgentDescription,
    /// The action.
    pub action: ActionDescription,
}

/// An agent: an app instance.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentDescription {
    /// Its id.
    pub id: String,
    /// What it is called: `identifier:version`.
    pub name: String,
    /// Whether it can be called now.
    pub connected: bool,
    /// Which instance of the app it is.
    pub instance_id: String,
}

operation!(
    FindImplementations, "graphql/find_implementations.graphql", FindImplementations<'_>, "implementations",
    Vec<ImplementationDescription>, input: false, idempotent: true
);

/// Asks for all agents and the interfaces that they offer: for an error that says what there is.
#[derive(Debug, Clone, Serialize)]
pub struct FindAgents {}

/// An agent and what it offers.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentOffer {
    /// Its id.
    pub id: String,
    /// What it is called: `identifier:version`.
    pub name: String,
    /// Whether it can be called now.
    pub connected: bool,
    /// Which instance of the app it is.
    pub instance_id: String,
    /// What it offers.
    #[serde(default)]
    pub implementations: Vec<OfferedInterface>,
}

/// The name under which an agent offers something.
#[derive(Debug, Clone, Deserialize)]
pub struct OfferedInterface {
    /// The name.
    pub interface: String,
}

operation!(
    FindAgents, "graphql/find_agents.graphql", FindAgents, "agents", Vec<AgentOffer>, input: false, idempotent: true
);
