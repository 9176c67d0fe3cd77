//! Agents and the identities they belong to, as they are shown.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, Result, SimpleObject};

use super::enums::AgentKind;
use super::inputs_filters::{
    AgentFilter, AgentOrder, ImplementationFilter, ImplementationOrder, OffsetPaginationInput,
};
use super::scalars::{DateTime, InstanceId};
use super::types_implementation::Implementation;
use super::types_memory::MemoryShelve;
use super::types_state::State;
use super::{caller, lookups, store};
use crate::ids::Id;
use crate::state::agents::AgentView;
use crate::state::registries;

/// A connected app instance.
#[derive(Debug)]
pub(super) struct Agent(pub(super) AgentView);

impl Agent {
    /// The agent that a record names.
    pub(super) fn of(ctx: &Context<'_>, id: Id) -> Result<Self> {
        store(ctx)?.agent_by_id(id).map(Self).ok_or_else(|| Error::new("the agent is not known any more"))
    }
}

#[Object]
impl Agent {
    async fn id(&self) -> ID {
        self.0.about.id.to_string().into()
    }

    async fn instance_id(&self) -> InstanceId {
        InstanceId(self.0.about.instance_id.clone())
    }

    async fn registry(&self) -> Registry {
        Registry(Arc::clone(&self.0.about.registry))
    }

    async fn implementations(
        &self,
        ctx: &Context<'_>,
        filters: Option<ImplementationFilter>,
        order: Option<ImplementationOrder>,
        pagination: Option<OffsetPaginationInput>,
    ) -> Result<Vec<Implementation>> {
        let store = store(ctx)?;
        let all = store.implementations_at(self.0.about.id);
        Ok(lookups::implementations(store, all, filters, order, pagination))
    }

    async fn memory_shelve(&self) -> Option<MemoryShelve> {
        Some(MemoryShelve(Arc::clone(&self.0.about)))
    }

    async fn last_seen(&self) -> Option<DateTime> {
        self.0.last_seen.map(DateTime)
    }

    async fn connected(&self) -> bool {
        self.0.connected
    }

    async fn extensions(&self) -> &[String] {
        &self.0.about.extensions
    }

    async fn name(&self) -> &str {
        &self.0.about.name
    }

    async fn states(&self, ctx: &Context<'_>) -> Result<Vec<State>> {
        let states = store(ctx)?.states(&*caller(ctx)?, |state| state.agent == self.0.about.id);
        Ok(states.into_iter().map(State).collect())
    }

    async fn kind(&self) -> AgentKind {
        AgentKind::Websocket
    }

    async fn implementation(&self, ctx: &Context<'_>, interface: String) -> Result<Option<Implementation>> {
        let all = store(ctx)?.implementations_at(self.0.about.id);
        Ok(all.into_iter().find(|one| one.interface == interface).map(Implementation))
    }

    async fn active(&self) -> bool {
        self.0.connected
    }

    async fn pinned(&self) -> bool {
        false
    }
}

/// An identity: what agents and waiters belong to.
#[derive(Debug)]
pub(super) struct Registry(pub(super) Arc<registries::Registry>);

/// An app.
#[derive(Debug, SimpleObject)]
pub(super) struct Client {
    id: ID,
    name: String,
    client_id: String,
}

/// A user.
#[derive(Debug, SimpleObject)]
pub(super) struct User {
    sub: ID,
}

/// An organization.
#[derive(Debug, SimpleObject)]
pub(super) struct Organization {
    pub(super) slug: String,
}

#[Object]
impl Registry {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn client(&self) -> Client {
        let client = &self.0.identity.client;
        Client { id: client.clone().into(), name: client.clone(), client_id: client.clone() }
    }

    async fn user(&self) -> User {
        User { sub: self.0.identity.user.clone().into() }
    }

    async fn organization(&self) -> Organization {
        Organization { slug: self.0.identity.organization.clone() }
    }

    async fn agents(
        &self,
        ctx: &Context<'_>,
        filters: Option<AgentFilter>,
        order: Option<AgentOrder>,
        pagination: Option<OffsetPaginationInput>,
    ) -> Result<Vec<Agent>> {
        let store = store(ctx)?;
        let mut all = store.agents(&self.0);
        all.retain(|agent| agent.about.registry.id == self.0.id);
        Ok(lookups::agents(store, all, filters, order, pagination))
    }
}
