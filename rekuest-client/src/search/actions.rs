//! Searching actions.

use futures_util::future::BoxFuture;
use rekuest_core::ActionKind;
use rekuest_core::demand::PortsDemand;

use super::{Listed, Row, Search, some_of};
use crate::graphql::operations::{
    ActionDescription, ActionFilter, ActionOrder, ListActions, Pagination, PortDemand, PortSide, TextFilter,
};
use crate::{Action, Client, GraphqlError};

/// A search of actions, see [`Client::actions`].
pub type ActionSearch = Search<ActionFilter>;

impl Search<ActionFilter> {
    /// Only those with this text in their name or description.
    pub fn search(mut self, text: impl Into<String>) -> Self {
        self.filter.search = Some(text.into());
        self
    }

    /// Only those with this name, the one that people see.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.filter.name = Some(TextFilter { exact: Some(name.into()), ..TextFilter::default() });
        self
    }

    /// Only those with this text in their name, in upper or lower case.
    pub fn name_contains(mut self, text: impl Into<String>) -> Self {
        self.filter.name = Some(TextFilter { i_contains: Some(text.into()), ..TextFilter::default() });
        self
    }

    /// Only those with one of these ids.
    pub fn ids(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.filter.ids = some_of(ids);
        self
    }

    /// Only functions, or only generators.
    pub fn kind(mut self, kind: ActionKind) -> Self {
        self.filter.kind = Some(kind);
        self
    }

    /// Only those in this collection.
    pub fn collection(mut self, collection: impl Into<String>) -> Self {
        self.filter.in_collection = Some(collection.into());
        self
    }

    /// Only those that take arguments like these. Can be said again for more.
    pub fn takes(mut self, demand: PortsDemand) -> Self {
        self.filter.demands.push(PortDemand::new(PortSide::Args, demand));
        self
    }

    /// Only those with returns like these. Can be said again for more.
    pub fn returns(mut self, demand: PortsDemand) -> Self {
        self.filter.demands.push(PortDemand::new(PortSide::Returns, demand));
        self
    }
}

impl Listed for ActionFilter {
    type Item = Action;
    const WHAT: &'static str = "actions";

    fn page<'f>(
        &'f self,
        client: &'f Client,
        pagination: Pagination,
    ) -> BoxFuture<'f, Result<Vec<Row<Action>>, GraphqlError>> {
        let asked = ListActions { filters: self, order: ActionOrder::OLDEST_FIRST, pagination };
        let listed = client.graphql().execute(&asked);
        Box::pin(async move {
            let row = |description: ActionDescription| {
                let offered = description.implementations.iter();
                let agents = offered.map(|one| (one.agent.name.clone(), one.agent.connected)).collect();
                let id = description.id.clone();
                Row { id, agents, item: Action::new(client.clone(), description, None) }
            };
            Ok(listed.await?.into_iter().map(row).collect())
        })
    }
}
