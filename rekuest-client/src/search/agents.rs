//! Searching agents: the app instances that have registered.

use futures_util::future::BoxFuture;
use rekuest_core::DemandBuf;

use super::{Listed, Row, Search, some_of};
use crate::graphql::operations::{AgentFilter, ListAgents, ListedAgent, Pagination};
use crate::{Client, GraphqlError};

/// A search of agents, see [`Client::agents`].
pub type AgentSearch = Search<AgentFilter>;

impl Search<AgentFilter> {
    /// Only those that the server finds by this text: by their name.
    pub fn search(mut self, text: impl Into<String>) -> Self {
        self.filter.search = Some(text.into());
        self
    }

    /// Only this instance of each app.
    pub fn instance(mut self, instance_id: impl Into<String>) -> Self {
        self.filter.instance_id = Some(instance_id.into());
        self
    }

    /// Only those with one of these ids.
    pub fn ids(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.filter.ids = some_of(ids);
        self
    }

    /// Only those with one of these extensions.
    pub fn extensions(mut self, extensions: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.filter.extensions = some_of(extensions);
        self
    }

    /// Only those that implement an action with one of these hashes.
    pub fn implements(mut self, hashes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.filter.has_implementations = some_of(hashes);
        self
    }

    /// Only those that implement an action like this. Can be said again for more.
    pub fn implements_like(mut self, demand: DemandBuf) -> Self {
        self.filter.action_demands.push(demand);
        self
    }

    /// Only those that show a state with one of these hashes.
    pub fn shows(mut self, hashes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.filter.has_states = some_of(hashes);
        self
    }
}

impl Listed for AgentFilter {
    type Item = ListedAgent;
    const WHAT: &'static str = "agents";

    fn page<'f>(
        &'f self,
        client: &'f Client,
        pagination: Pagination,
    ) -> BoxFuture<'f, Result<Vec<Row<ListedAgent>>, GraphqlError>> {
        let listed = client.graphql().execute(&ListAgents { filters: self, pagination });
        Box::pin(async move {
            let row = |agent: ListedAgent| Row {
                id: agent.id.clone(),
                agents: vec![(agent.name.clone(), agent.connected)],
                item: agent,
            };
            Ok(listed.await?.into_iter().map(row).collect())
        })
    }
}
