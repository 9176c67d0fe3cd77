//! Listing what there is, filtered and page by page, and what an agent offers by its name.
//!
//! Of a filter only what is asked for is sent: some servers take null for a value to compare with. The filters by
//! `clientId` fail on the observed server and have no place here (protocol, section 2).

use rekuest_core::demand::{PortMatch, PortsDemand};
use rekuest_core::{ActionKind, DemandBuf};
use serde::{Deserialize, Serialize};

use super::{ActionDescription, ImplementationDescription, operation};

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Pagination {
    /// How many are left out at its beginning.
    pub offset: usize,
    /// How many are to come at most.
    pub limit: usize,
}

/// How a text is looked up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TextFilter {
    /// It is this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// This is in it, in upper or lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub i_contains: Option<String>,
}

/// What the ports on one side of an action have to be like: a `PortDemandInput`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PortDemand {
    /// Which side: `ARGS` or `RETURNS`.
    pub kind: PortSide,
    /// For each of these there is a port that is like it.
    pub matches: Vec<PortMatch>,
    /// How many ports there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force_length: Option<usize>,
    /// How many of them do not take null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force_non_nullable_length: Option<usize>,
    /// How many of them are STRUCTUREs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force_structure_length: Option<usize>,
}

/// One side of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PortSide {
    /// What it takes.
    Args,
    /// What it returns.
    Returns,
}

impl PortDemand {
    /// What one side has to be like.
    pub fn new(kind: PortSide, demand: PortsDemand) -> Self {
        Self {
            kind,
            matches: demand.matches,
            force_length: demand.length,
            force_non_nullable_length: demand.non_nullable_length,
            force_structure_length: demand.structure_length,
        }
    }
}

/// Which actions are meant. Whatever is left out fits all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionFilter {
    /// A text in its name or its description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// The name that people see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<TextFilter>,
    /// It is one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<String>>,
    /// What its ports are like.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub demands: Vec<PortDemand>,
    /// Whether it yields once or many times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ActionKind>,
    /// The collection that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_collection: Option<String>,
}

/// Asks for actions, those that were defined first at the beginning.
#[derive(Debug, Clone, Serialize)]
pub struct ListActions<'a> {
    /// Which.
    pub filters: &'a ActionFilter,
    /// In which order.
    pub order: ActionOrder,
    /// Which part of the list.
    pub pagination: Pagination,
}

/// An order of actions that does not change while more are defined.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionOrder {
    /// `ASC`, the oldest first.
    pub defined_at: &'static str,
}

impl ActionOrder {
    /// The oldest first.
    pub const OLDEST_FIRST: Self = Self { defined_at: "ASC" };
}

operation!(
    ListActions, "graphql/list_actions.graphql", ListActions<'_>, "actions", Vec<ActionDescription>,
    input: false, idempotent: true
);

/// Which implementations are meant. Whatever is left out fits all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImplementationFilter {
    /// A text that the server looks for in what it shows of an implementation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// The name under which an agent offers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interface: Option<TextFilter>,
    /// It is one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<String>>,
    /// The hash of its action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action_hash: Option<String>,
    /// The extension that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// What its action is like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<ImplementationActionFilter>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<ImplementationAgentFilter>,
}

/// What the action of an implementation is like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImplementationActionFilter {
    /// The name that people see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What its ports are like.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub demands: Vec<PortDemand>,
    /// Whether it yields once or many times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ActionKind>,
}

/// What the agent of an implementation is like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImplementationAgentFilter {
    /// Which instance of an app it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// It is one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<String>>,
}

/// Asks for implementations.
#[derive(Debug, Clone, Serialize)]
pub struct ListImplementations<'a> {
    /// Which.
    pub filters: &'a ImplementationFilter,
    /// Which part of the list.
    pub pagination: Pagination,
}

operation!(
    ListImplementations, "graphql/list_implementations.graphql", ListImplementations<'_>, "implementations",
    Vec<ImplementationDescription>, input: false, idempotent: true
);

/// Which agents are meant. Whatever is left out fits all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentFilter {
    /// A text in its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// Which instance of an app it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// It is one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<String>>,
    /// It has one of these extensions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extensions: Option<Vec<String>>,
    /// It implements an action with one of these hashes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_implementations: Option<Vec<String>>,
    /// It shows a state with one of these hashes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_states: Option<Vec<String>>,
    /// For each of these it implements an action that is like it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub action_demands: Vec<DemandBuf>,
}

/// Asks for agents and what they offer.
#[derive(Debug, Clone, Serialize)]
pub struct ListAgents<'a> {
    /// Which. Each of its fields is a variable; one that is left out is left out of the filter as well.
    #[serde(flatten)]
    pub filters: &'a AgentFilter,
    /// Which part of the list.
    pub pagination: Pagination,
}

/// An agent, as it is listed.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ListedAgent {
    /// Its id.
    pub id: String,
    /// What it is called: `identifier:version`.
    pub name: String,
    /// Whether it can be called now.
    pub connected: bool,
    /// Which instance of the app it is.
    pub instance_id: String,
    /// Its extensions.
    #[serde(default)]
    pub extensions: Vec<String>,
    /// When it was heard of last, as ISO 8601 in UTC; none if it never connected.
    #[serde(default)]
    pub last_seen: Option<String>,
    /// What it offers.
    #[serde(default)]
    pub implementations: Vec<ListedImplementation>,
    /// The states that it shows.
    #[serde(default)]
    pub states: Vec<ListedState>,
}

/// What an agent offers, in short.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct ListedImplementation {
    /// Its id.
    pub id: String,
    /// The name under which it is offered.
    pub interface: String,
    /// The extension that it belongs to.
    pub extension: String,
    /// What it implements.
    pub action: ListedAction,
}

/// An action, in short.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct ListedAction {
    /// Its id.
    pub id: String,
    /// The name that people see.
    pub name: String,
}

/// A state that an agent shows, in short.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct ListedState {
    /// Its id.
    pub id: String,
    /// The name under which the agent keeps it.
    pub interface: String,
}

operation!(
    ListAgents, "graphql/list_agents.graphql", ListAgents<'_>, "agents", Vec<ListedAgent>, input: false, idempotent: true
);

/// Asks for what an agent offers under an interface.
#[derive(Debug, Clone, Serialize)]
pub struct ImplementationAt<'a> {
    /// The agent's id.
    pub agent: &'a str,
    /// The interface.
    pub interface: &'a str,
    /// The extension that it belongs to; any unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<&'a str>,
}

operation!(
    ImplementationAt, "graphql/implementation_at.graphql", ImplementationAt<'_>, "implementationAt",
    Option<ImplementationDescription>, input: false, idempotent: true
);

/// Asks for what an instance of the app that asks offers under an interface.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MyImplementationAt<'a> {
    /// The instance.
    pub instance_id: &'a str,
    /// The interface.
    pub interface: &'a str,
}

operation!(
    MyImplementationAt, "graphql/my_implementation_at.graphql", MyImplementationAt<'_>, "myImplementationAt",
    Option<ImplementationDescription>, input: false, idempotent: true
);

/// Asks for all that is told of an action that is like this: one that can be called now, where the server takes care of
/// that.
#[derive(Debug, Clone, Serialize)]
pub struct ActionFitting<'a> {
    /// What it has to be like.
    pub matching: &'a DemandBuf,
}

operation!(
    ActionFitting, "graphql/action_fitting.graphql", ActionFitting<'_>, "action", Option<ActionDescription>,
    input: false, idempotent: true
);
