//! Filters, orders and pages of lists.

use async_graphql::{ID, InputObject};

use super::enums::{ActionKind, Ordering};
use super::inputs_demands::{ActionDemandInput, PortDemandInput, SchemaDemandInput};
use super::scalars::ActionHash;

#[derive(Debug, InputObject)]
pub(super) struct OffsetPaginationInput {
    #[graphql(default = 0)]
    pub(super) offset: i64,
    pub(super) limit: Option<i64>,
}

/// How a text is looked up. Those that begin with `i` take upper and lower case for the same.
#[derive(Debug, Default, InputObject)]
pub(super) struct StrFilterLookup {
    pub(super) exact: Option<String>,
    pub(super) i_exact: Option<String>,
    pub(super) contains: Option<String>,
    pub(super) i_contains: Option<String>,
    pub(super) in_list: Option<Vec<String>>,
    pub(super) starts_with: Option<String>,
    pub(super) i_starts_with: Option<String>,
    pub(super) ends_with: Option<String>,
    pub(super) i_ends_with: Option<String>,
}

#[derive(Debug, InputObject)]
pub(super) struct ActionFilter {
    pub(super) search: Option<String>,
    pub(super) name: Option<StrFilterLookup>,
    pub(super) ids: Option<Vec<ID>>,
    pub(super) demands: Option<Vec<PortDemandInput>>,
    pub(super) kind: Option<ActionKind>,
    pub(super) in_collection: Option<String>,
}

#[derive(Debug, InputObject)]
pub(super) struct ActionOrder {
    pub(super) defined_at: Option<Ordering>,
}

#[derive(Debug, InputObject)]
pub(super) struct AgentFilter {
    #[graphql(default)]
    pub(super) client_id: Option<String>,
    #[graphql(default)]
    pub(super) instance_id: Option<String>,
    #[graphql(default)]
    pub(super) ids: Option<Vec<ID>>,
    #[graphql(default)]
    pub(super) extensions: Option<Vec<String>>,
    /// The hashes of actions, one of which it implements.
    #[graphql(default)]
    pub(super) has_implementations: Option<Vec<String>>,
    /// The hashes of state schemas, one of which a state of it has.
    #[graphql(default)]
    pub(super) has_states: Option<Vec<String>>,
    #[graphql(default)]
    pub(super) pinned: Option<bool>,
    #[graphql(default)]
    pub(super) search: Option<String>,
    pub(super) action_demands: Option<Vec<ActionDemandInput>>,
    pub(super) state_demands: Option<Vec<SchemaDemandInput>>,
}

#[derive(Debug, InputObject)]
pub(super) struct AgentOrder {
    pub(super) last_seen: Option<Ordering>,
}

#[derive(Debug, InputObject)]
pub(super) struct ImplementationFilter {
    pub(super) interface: Option<StrFilterLookup>,
    pub(super) ids: Option<Vec<ID>>,
    pub(super) action_hash: Option<ActionHash>,
    pub(super) action: Option<ImplementationActionFilter>,
    pub(super) extension: Option<String>,
    pub(super) agent: Option<ImplementationAgentFilter>,
    pub(super) search: Option<String>,
}

#[derive(Debug, InputObject)]
pub(super) struct ImplementationActionFilter {
    pub(super) search: Option<String>,
    pub(super) name: Option<String>,
    pub(super) ids: Option<Vec<ID>>,
    pub(super) demands: Option<Vec<PortDemandInput>>,
    pub(super) kind: Option<ActionKind>,
}

#[derive(Debug, InputObject)]
pub(super) struct ImplementationAgentFilter {
    pub(super) client_id: Option<String>,
    pub(super) instance_id: Option<String>,
    pub(super) ids: Option<Vec<ID>>,
    pub(super) extensions: Option<Vec<String>>,
}

#[derive(Debug, InputObject)]
pub(super) struct ImplementationOrder {
    pub(super) created_at: Option<Ordering>,
}

#[derive(Debug, InputObject)]
pub(super) struct MemoryShelveFilter {
    pub(super) agent: Option<ID>,
    pub(super) ids: Option<Vec<ID>>,
}

#[derive(Debug, InputObject)]
pub(super) struct MemoryShelveOrder {
    pub(super) name: Option<Ordering>,
}

#[derive(Debug, InputObject)]
pub(super) struct MemoryDrawerFilter {
    pub(super) shelve: Option<ID>,
    pub(super) agent: Option<ID>,
    /// One of the agent whose drawers are meant.
    pub(super) implementation: Option<ID>,
    pub(super) identifier: Option<String>,
    pub(super) ids: Option<Vec<ID>>,
    pub(super) search: Option<String>,
}
