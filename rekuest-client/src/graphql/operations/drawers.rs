//! Drawers: values that stay in the memory of an agent (protocol, section 2).

use serde::Serialize;

use super::{Ided, operation};

/// Gives a value in the memory of an agent a drawer: the id that it travels as.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShelveInMemoryDrawer<'a> {
    /// Which instance of the app.
    pub instance_id: &'a str,
    /// What it is: the identifier of a MEMORY_STRUCTURE.
    pub identifier: &'a str,
    /// The agent's own name for the value.
    pub resource_id: &'a str,
    /// What the drawer is called.
    pub label: Option<&'a str>,
    /// What the drawer holds.
    pub description: Option<&'a str>,
}

operation!(
    ShelveInMemoryDrawer, "graphql/shelve_in_memory_drawer.graphql", ShelveInMemoryDrawer<'_>,
    "shelveInMemoryDrawer", Ided, input: true, idempotent: false
);

/// Takes a drawer away.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnshelveMemoryDrawer<'a> {
    /// Which instance of the app.
    pub instance_id: &'a str,
    /// The drawer.
    pub id: &'a str,
}

operation!(
    UnshelveMemoryDrawer, "graphql/unshelve_memory_drawer.graphql", UnshelveMemoryDrawer<'_>,
    "unshelveMemoryDrawer", String, input: true, idempotent: false
);
