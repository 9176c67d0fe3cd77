//! What can be called: actions, and the implementations of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rekuest_core::DefinitionBuf;
use rekuest_core::demand::DemandBuf;
use rekuest_core::schema::Validator;
use serde_json::value::RawValue;

use super::registries::Registry;
use super::{Inner, Refused, Store};
use crate::ids::Id;
use crate::time::Timestamp;

/// The documented signature of a function, shared by all who implement it.
#[derive(Debug)]
pub(crate) struct Action {
    pub(crate) id: Id,
    pub(crate) hash: String,
    pub(crate) definition: DefinitionBuf,
    /// Checks arguments; made once, when the action is.
    pub(crate) validator: Validator,
    pub(crate) organization: String,
    pub(crate) defined_at: Timestamp,
}

/// One agent's way to run an action.
#[derive(Debug)]
pub(crate) struct Implementation {
    pub(crate) id: Id,
    pub(crate) interface: String,
    pub(crate) extension: String,
    pub(crate) agent: Id,
    pub(crate) registry: Arc<Registry>,
    pub(crate) action: Arc<Action>,
    /// Any JSON; an empty object unless given.
    pub(crate) params: Box<RawValue>,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) created_at: Timestamp,
}

/// What an implementation calls.
#[derive(Debug)]
pub(crate) struct Dependency {
    pub(crate) id: Id,
    /// The name under which the agent is told what serves it.
    pub(crate) key: String,
    pub(crate) demand: DemandBuf,
    pub(crate) optional: bool,
}

/// Every action and implementation.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub(super) actions: BTreeMap<Id, ActionEntry>,
    /// By organization and hash.
    pub(super) by_hash: HashMap<(String, String), Id>,
    pub(super) implementations: BTreeMap<Id, Arc<Implementation>>,
}

#[derive(Debug)]
pub(super) struct ActionEntry {
    pub(super) action: Arc<Action>,
    pub(super) implementations: BTreeSet<Id>,
}

impl Catalogue {
    pub(super) fn action_by_hash(&self, organization: &str, hash: &str) -> Option<&ActionEntry> {
        self.actions.get(self.by_hash.get(&(organization.to_owned(), hash.to_owned()))?)
    }

    /// The implementations of an action, oldest first.
    pub(super) fn of_action(&self, action: Id) -> impl Iterator<Item = &Arc<Implementation>> {
        let ids = self.actions.get(&action).into_iter().flat_map(|entry| &entry.implementations);
        ids.filter_map(|id| self.implementations.get(id))
    }

    /// The actions of an organization that a demand fits, oldest first.
    pub(super) fn fitting(&self, organization: &str, demand: &DemandBuf) -> Vec<&Arc<Action>> {
        let fits = |action: &&Arc<Action>| {
            action.organization == organization && demand.fits(&action.hash, &action.definition)
        };
        match &demand.hash {
            Some(hash) => {
                let known = self.action_by_hash(organization, hash);
                known.map(|entry| &entry.action).into_iter().filter(fits).collect()
            }
            None => self.actions.values().map(|entry| &entry.action).filter(fits).collect(),
        }
    }

    pub(super) fn drop_implementation(&mut self, id: Id) {
        if let Some(dropped) = self.implementations.remove(&id)
            && let Some(entry) = self.actions.get_mut(&dropped.action.id)
        {
            entry.implementations.remove(&id);
        }
    }
}

impl Inner {
    /// The implementation of this id, if `viewer` sees it.
    pub(super) fn implementation(
        &self,
        viewer: &Registry,
        id: &str,
    ) -> Result<&Arc<Implementation>, Refused> {
        let found = id.parse().ok().and_then(|id: Id| self.catalogue.implementations.get(&id));
        found
            .filter(|implementation| viewer.sees(&implementation.registry))
            .ok_or_else(|| Refused::not_found("implementation", id))
    }

    /// The implementation of an agent under an interface.
    pub(super) fn implementation_at(
        &self,
        viewer: &Registry,
        agent: &str,
        interface: &str,
    ) -> Result<&Arc<Implementation>, Refused> {
        let found = agent.parse().ok().and_then(|id: Id| self.agents.get(&id));
        let agent = found
            .filter(|agent| viewer.sees(&agent.about.registry))
            .ok_or_else(|| Refused::not_found("agent", agent))?;
        let id = agent.implementations.get(interface);
        id.and_then(|id| self.catalogue.implementations.get(id))
            .ok_or_else(|| Refused::not_found("implementation with the interface", interface))
    }

    /// The action of this id, if `viewer` sees it.
    pub(super) fn action(&self, viewer: &Registry, id: &str) -> Result<&Arc<Action>, Refused> {
        let found = id.parse().ok().and_then(|id: Id| self.catalogue.actions.get(&id));
        found
            .map(|entry| &entry.action)
            .filter(|action| action.organization == viewer.identity.organization)
            .ok_or_else(|| Refused::not_found("action", id))
    }

    pub(super) fn action_of_hash(&self, viewer: &Registry, hash: &str) -> Result<&Arc<Action>, Refused> {
        let found = self.catalogue.action_by_hash(&viewer.identity.organization, hash);
        found.map(|entry| &entry.action).ok_or_else(|| Refused::not_found("action with the hash", hash))
    }

    pub(super) fn is_connected(&self, agent: Id) -> bool {
        self.agents.get(&agent).is_some_and(|agent| agent.connection.is_some())
    }

    /// Of these implementations, a connected one whose agent has the fewest open assignations: the first of several.
    pub(super) fn least_busy<'i>(
        &self,
        ones: impl Iterator<Item = &'i Arc<Implementation>>,
    ) -> Option<&'i Arc<Implementation>> {
        let connected = ones.filter(|one| self.is_connected(one.agent));
        connected.min_by_key(|one| self.agents.get(&one.agent).map(|agent| agent.open.len()))
    }
}

impl Store {
    pub(crate) fn implementation(&self, viewer: &Registry, id: &str) -> Result<Arc<Implementation>, Refused> {
        self.lock().implementation(viewer, id).cloned()
    }

    pub(crate) fn implementation_at(
        &self,
        viewer: &Registry,
        agent: &str,
        interface: &str,
    ) -> Result<Arc<Implementation>, Refused> {
        self.lock().implementation_at(viewer, agent, interface).cloned()
    }

    /// The implementations that `viewer` sees, oldest first.
    pub(crate) fn implementations(&self, viewer: &Registry) -> Vec<Arc<Implementation>> {
        let inner = self.lock();
        let all = inner.catalogue.implementations.values();
        all.filter(|implementation| viewer.sees(&implementation.registry)).cloned().collect()
    }

    /// The implementations of one agent, by interface.
    pub(crate) fn implementations_at(&self, agent: Id) -> Vec<Arc<Implementation>> {
        let inner = self.lock();
        let ids = inner.agents.get(&agent).into_iter().flat_map(|agent| agent.implementations.values());
        ids.filter_map(|id| inner.catalogue.implementations.get(id)).cloned().collect()
    }

    /// The implementations of one action, oldest first.
    pub(crate) fn implementations_of(&self, action: Id) -> Vec<Arc<Implementation>> {
        self.lock().catalogue.of_action(action).cloned().collect()
    }

    pub(crate) fn action(&self, viewer: &Registry, id: &str) -> Result<Arc<Action>, Refused> {
        self.lock().action(viewer, id).cloned()
    }

    pub(crate) fn action_of_hash(&self, viewer: &Registry, hash: &str) -> Result<Arc<Action>, Refused> {
        self.lock().action_of_hash(viewer, hash).cloned()
    }

    /// An action that a demand fits: the one that a call would be made of now, else the oldest.
    pub(crate) fn action_fitting(
        &self,
        viewer: &Registry,
        demand: &DemandBuf,
    ) -> Result<Arc<Action>, Refused> {
        let inner = self.lock();
        let fitting = inner.catalogue.fitting(&viewer.identity.organization, demand);
        let served = inner.least_busy(fitting.iter().flat_map(|action| inner.catalogue.of_action(action.id)));
        let found = served.map(|one| &one.action).or_else(|| fitting.first().copied());
        found.cloned().ok_or_else(|| Refused::NothingFits(demand.to_string()))
    }

    /// The dependency of this id, as its implementation and its position there.
    pub(crate) fn dependency(
        &self,
        viewer: &Registry,
        id: &str,
    ) -> Result<(Arc<Implementation>, usize), Refused> {
        let wanted: Option<Id> = id.parse().ok();
        let at = |one: &Arc<Implementation>| {
            one.dependencies.iter().position(|dependency| Some(dependency.id) == wanted)
        };
        let inner = self.lock();
        let mut seen = inner.catalogue.implementations.values().filter(|one| viewer.sees(&one.registry));
        let found = seen.find_map(|one| Some((Arc::clone(one), at(one)?)));
        found.ok_or_else(|| Refused::not_found("dependency", id))
    }

    /// The actions that `viewer` sees, oldest first.
    pub(crate) fn actions(&self, viewer: &Registry) -> Vec<Arc<Action>> {
        self.actions_in(&viewer.identity.organization)
    }

    /// The actions of an organization, oldest first.
    pub(crate) fn actions_in(&self, organization: &str) -> Vec<Arc<Action>> {
        let inner = self.lock();
        let all = inner.catalogue.actions.values().map(|entry| &entry.action);
        all.filter(|action| action.organization == organization).cloned().collect()
    }
}
