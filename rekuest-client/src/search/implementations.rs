//! Searching implementations: what each agent offers.

use futures_util::future::BoxFuture;
use rekuest_core::ActionKind;
use rekuest_core::demand::PortsDemand;

use super::{Listed, Row, Search, some_of};
use crate::graphql::operations::{
    ImplementationActionFilter, ImplementationAgentFilter, ImplementationDescription, ImplementationFilter,
    ListImplementations, Pagination, PortDemand, PortSide, TextFilter,
};
use crate::{Action, Client, GraphqlError};

/// A search of implementations, see [`Client::implementations`].
pub type ImplementationSearch = Search<ImplementationFilter>;

impl Search<ImplementationFilter> {
    fn action(&mut self) -> &mut ImplementationActionFilter {
        self.filter.action.get_or_insert_default()
    }

    fn of(&mut self) -> &mut ImplementationAgentFilter {
        self.filter.agent.get_or_insert_default()
    }

    /// Only those that the server finds by this text.
    pub fn search(mut self, text: impl Into<String>) -> Self {
        self.filter.search = Some(text.into());
        self
    }

    /// Only those that are offered under this name.
    pub fn interface(mut self, interface: impl Into<String>) -> Self {
        self.filter.interface = Some(TextFilter { exact: Some(interface.into()), ..TextFilter::default() });
        self
    }

    /// Only those that are offered under a name with this text in it, in upper or lower case.
    pub fn interface_contains(mut self, text: impl Into<String>) -> Self {
        self.filter.interface = Some(TextFilter { i_contains: Some(text.into()), ..TextFilter::default() });
        self
    }

    /// Only those with one of these ids.
    pub fn ids(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.filter.ids = some_of(ids);
        self
    }

    /// Only those of this extension.
    pub fn extension(mut self, extension: impl Into<String>) -> Self {
        self.filter.extension = Some(extension.into());
        self
    }

    /// Only those of the action with this hash.
    pub fn action_hash(mut self, hash: impl Into<String>) -> Self {
        self.filter.action_hash = Some(hash.into());
        self
    }

    /// Only those of an action with this name, the one that people see.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.action().name = Some(name.into());
        self
    }

    /// Only functions, or only generators.
    pub fn kind(mut self, kind: ActionKind) -> Self {
        self.action().kind = Some(kind);
        self
    }

    /// Only those that take arguments like these. Can be said again for more.
    pub fn takes(mut self, demand: PortsDemand) -> Self {
        self.action().demands.push(PortDemand::new(PortSide::Args, demand));
        self
    }

    /// Only those with returns like these. Can be said again for more.
    pub fn returns(mut self, demand: PortsDemand) -> Self {
        self.action().demands.push(PortDemand::new(PortSide::Returns, demand));
        self
    }

    /// Only those of the agents with these ids.
    pub fn agents(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.of().ids = some_of(ids);
        self
    }

    /// Only those of this instance of an app.
    pub fn instance(mut self, instance_id: impl Into<String>) -> Self {
        self.of().instance_id = Some(instance_id.into());
        self
    }
}

impl Listed for ImplementationFilter {
    type Item = Action;
    const WHAT: &'static str = "implementations";

    fn page<'f>(
        &'f self,
        client: &'f Client,
        pagination: Pagination,
    ) -> BoxFuture<'f, Result<Vec<Row<Action>>, GraphqlError>> {
        let listed = client.graphql().execute(&ListImplementations { filters: self, pagination });
        Box::pin(async move {
            let row = |found: ImplementationDescription| Row {
                id: found.id.clone(),
                agents: vec![(found.agent.name.clone(), found.agent.connected)],
                item: client.implemented(found),
            };
            Ok(listed.await?.into_iter().map(row).collect())
        })
    }
}
