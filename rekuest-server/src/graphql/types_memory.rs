//! Shelves and drawers, as they are shown.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::inputs_filters::{MemoryDrawerFilter, OffsetPaginationInput};
use super::scalars::DateTime;
use super::types_agent::Agent;
use super::{lookups, store};
use crate::state::agents::AgentInfo;
use crate::state::drawers::Drawer;

/// The values in an agent's memory.
#[derive(Debug)]
pub(super) struct MemoryShelve(pub(super) Arc<AgentInfo>);

#[Object]
impl MemoryShelve {
    async fn id(&self) -> ID {
        self.0.shelve.to_string().into()
    }

    async fn agent(&self, ctx: &Context<'_>) -> Result<Agent> {
        Agent::of(ctx, self.0.id)
    }

    async fn name(&self) -> &str {
        &self.0.name
    }

    async fn description(&self) -> Option<&str> {
        None
    }

    async fn drawers(
        &self,
        ctx: &Context<'_>,
        filters: Option<MemoryDrawerFilter>,
        pagination: Option<OffsetPaginationInput>,
    ) -> Result<Vec<MemoryDrawer>> {
        let store = store(ctx)?;
        Ok(lookups::drawers(store, store.drawers(self.0.id), filters, pagination))
    }
}

/// One value in an agent's memory.
#[derive(Debug)]
pub(super) struct MemoryDrawer(pub(super) Arc<Drawer>);

#[Object]
impl MemoryDrawer {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn resource_id(&self) -> &str {
        &self.0.resource_id
    }

    async fn shelve(&self, ctx: &Context<'_>) -> Result<MemoryShelve> {
        Ok(MemoryShelve(Agent::of(ctx, self.0.agent)?.0.about))
    }

    async fn identifier(&self) -> &str {
        &self.0.identifier
    }

    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    async fn label(&self) -> &str {
        self.0.label.as_deref().unwrap_or(&self.0.resource_id)
    }
}
