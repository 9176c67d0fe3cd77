//! Actions, as they are shown.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::enums::{ActionKind, ActionScope};
use super::inputs_filters::{
    ActionFilter, ActionOrder, ImplementationFilter, ImplementationOrder, OffsetPaginationInput,
};
use super::scalars::{ActionHash, DateTime};
use super::types_agent::Organization;
use super::types_implementation::Implementation;
use super::types_port::{Port, PortGroup, ports};
use super::{lookups, store};
use crate::state::catalogue;

/// The documented signature of a function, shared by all who implement it.
#[derive(Debug)]
pub(super) struct Action(pub(super) Arc<catalogue::Action>);

/// A group of actions, by name.
#[derive(Debug, SimpleObject)]
pub(super) struct Collection {
    id: ID,
    name: String,
}

#[Object]
impl Action {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn hash(&self) -> ActionHash {
        ActionHash(self.0.hash.clone())
    }

    async fn name(&self) -> &str {
        &self.0.definition.name
    }

    async fn kind(&self) -> ActionKind {
        self.0.definition.kind.into()
    }

    async fn stateful(&self) -> bool {
        self.0.definition.stateful
    }

    async fn description(&self) -> Option<&str> {
        self.0.definition.description.as_deref()
    }

    async fn collections(&self) -> Vec<Collection> {
        let names = self.0.definition.collections.iter();
        names.map(|name| Collection { id: name.clone().into(), name: name.clone() }).collect()
    }

    async fn implementations(
        &self,
        ctx: &Context<'_>,
        filters: Option<ImplementationFilter>,
        order: Option<ImplementationOrder>,
        pagination: Option<OffsetPaginationInput>,
    ) -> Result<Vec<Implementation>> {
        let store = store(ctx)?;
        let all = store.implementations_of(self.0.id);
        Ok(lookups::implementations(store, all, filters, order, pagination))
    }

    async fn scope(&self) -> ActionScope {
        ActionScope::Global
    }

    async fn is_test_for(
        &self,
        ctx: &Context<'_>,
        filters: Option<ActionFilter>,
        order: Option<ActionOrder>,
        pagination: Option<OffsetPaginationInput>,
    ) -> Result<Vec<Action>> {
        let mut tested = store(ctx)?.actions_in(&self.0.organization);
        tested.retain(|action| self.0.definition.is_test_for.contains(&action.hash));
        Ok(lookups::actions(tested, filters, order, pagination))
    }

    async fn tests(
        &self,
        ctx: &Context<'_>,
        filters: Option<ActionFilter>,
        order: Option<ActionOrder>,
        pagination: Option<OffsetPaginationInput>,
    ) -> Result<Vec<Action>> {
        let mut tests = store(ctx)?.actions_in(&self.0.organization);
        tests.retain(|action| action.definition.is_test_for.contains(&self.0.hash));
        Ok(lookups::actions(tests, filters, order, pagination))
    }

    async fn is_dev(&self) -> bool {
        self.0.definition.is_dev
    }

    async fn interfaces(&self) -> &[String] {
        &self.0.definition.interfaces
    }

    async fn defined_at(&self) -> DateTime {
        DateTime(self.0.defined_at)
    }

    async fn organization(&self) -> Organization {
        Organization { slug: self.0.organization.clone() }
    }

    async fn args(&self) -> Vec<Port> {
        ports(&self.0.definition.args)
    }

    async fn returns(&self) -> Vec<Port> {
        ports(&self.0.definition.returns)
    }

    async fn port_groups(&self) -> Vec<PortGroup> {
        self.0.definition.port_groups.iter().cloned().map(PortGroup).collect()
    }

    async fn pinned(&self) -> bool {
        false
    }
}
