//! Lists of actions, agents, implementations and what agents keep: filtered, ordered, cut to a page.

use std::cmp::Reverse;
use std::sync::Arc;

use super::enums::Ordering;
use super::inputs_filters::{
    ActionFilter, ActionOrder, AgentFilter, AgentOrder, ImplementationFilter, ImplementationOrder,
    MemoryDrawerFilter, MemoryShelveFilter, MemoryShelveOrder, OffsetPaginationInput,
};
use super::types_action::Action;
use super::types_agent::Agent;
use super::types_implementation::Implementation;
use super::types_memory::{MemoryDrawer, MemoryShelve};
use crate::state::Store;
use crate::state::agents::AgentView;
use crate::state::catalogue;
use crate::state::drawers::Drawer;

/// The page that is asked for; everything if none is.
pub(super) fn page<T>(items: Vec<T>, pagination: Option<OffsetPaginationInput>) -> Vec<T> {
    let Some(OffsetPaginationInput { offset, limit }) = pagination else { return items };
    let count = |number: i64| usize::try_from(number).unwrap_or_default();
    items.into_iter().skip(count(offset)).take(limit.map_or(usize::MAX, count)).collect()
}

/// Orders by a key; nothing changes if no order is asked for.
fn order<T, K: Ord>(items: &mut [T], ordering: Option<Ordering>, key: impl Fn(&T) -> Option<K>) {
    use Ordering::{Asc, AscNullsFirst, AscNullsLast, Desc, DescNullsFirst, DescNullsLast};
    match ordering {
        None => {}
        Some(Asc | AscNullsLast) => items.sort_by_key(|item| (key(item).is_none(), key(item))),
        Some(AscNullsFirst) => items.sort_by_key(|item| (key(item).is_some(), key(item))),
        Some(Desc | DescNullsFirst) => items.sort_by_key(|item| (key(item).is_some(), Reverse(key(item)))),
        Some(DescNullsLast) => items.sort_by_key(|item| (key(item).is_none(), Reverse(key(item)))),
    }
}

/// Actions that a filter accepts.
pub(super) fn actions(
    mut found: Vec<Arc<catalogue::Action>>,
    filters: Option<ActionFilter>,
    by: Option<ActionOrder>,
    pagination: Option<OffsetPaginationInput>,
) -> Vec<Action> {
    if let Some(filters) = filters {
        found.retain(|action| filters.accepts(action));
    }
    order(&mut found, by.and_then(|by| by.defined_at), |action| Some(action.defined_at));
    page(found, pagination).into_iter().map(Action).collect()
}

/// Agents that a filter accepts.
pub(super) fn agents(
    store: &Store,
    mut found: Vec<AgentView>,
    filters: Option<AgentFilter>,
    by: Option<AgentOrder>,
    pagination: Option<OffsetPaginationInput>,
) -> Vec<Agent> {
    if let Some(filters) = filters {
        found.retain(|agent| filters.accepts(store, &agent.about));
    }
    order(&mut found, by.and_then(|by| by.last_seen), |agent| agent.last_seen);
    page(found, pagination).into_iter().map(Agent).collect()
}

/// Implementations that a filter accepts.
pub(super) fn implementations(
    store: &Store,
    mut found: Vec<Arc<catalogue::Implementation>>,
    filters: Option<ImplementationFilter>,
    by: Option<ImplementationOrder>,
    pagination: Option<OffsetPaginationInput>,
) -> Vec<Implementation> {
    if let Some(filters) = filters {
        found.retain(|implementation| filters.accepts(store, implementation));
    }
    order(&mut found, by.and_then(|by| by.created_at), |implementation| Some(implementation.created_at));
    page(found, pagination).into_iter().map(Implementation).collect()
}

/// The shelves of agents that a filter accepts.
pub(super) fn shelves(
    mut found: Vec<AgentView>,
    filters: Option<MemoryShelveFilter>,
    by: Option<MemoryShelveOrder>,
    pagination: Option<OffsetPaginationInput>,
) -> Vec<MemoryShelve> {
    if let Some(filters) = filters {
        found.retain(|agent| filters.accepts(&agent.about));
    }
    order(&mut found, by.and_then(|by| by.name), |agent| Some(agent.about.name.clone()));
    page(found, pagination).into_iter().map(|agent| MemoryShelve(agent.about)).collect()
}

/// Drawers that a filter accepts.
pub(super) fn drawers(
    store: &Store,
    mut found: Vec<Arc<Drawer>>,
    filters: Option<MemoryDrawerFilter>,
    pagination: Option<OffsetPaginationInput>,
) -> Vec<MemoryDrawer> {
    if let Some(filters) = filters {
        found.retain(|drawer| filters.accepts(store, drawer));
    }
    page(found, pagination).into_iter().map(MemoryDrawer).collect()
}
