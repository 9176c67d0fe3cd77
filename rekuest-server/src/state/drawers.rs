//! Shelves and drawers: values that stay in an agent's memory, known outside by a drawer's id.

use std::collections::BTreeMap;
use std::sync::Arc;

use rekuest_core::message::ToAgent;
use uuid::Uuid;

use super::registries::Registry;
use super::{Refused, Store};
use crate::ids::Id;
use crate::time::Timestamp;

/// One value in an agent's memory.
#[derive(Debug)]
pub(crate) struct Drawer {
    pub(crate) id: Id,
    /// The agent's own name for the value.
    pub(crate) resource_id: String,
    pub(crate) agent: Id,
    pub(crate) identifier: String,
    pub(crate) label: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) created_at: Timestamp,
}

/// A value that an agent puts into a drawer.
#[derive(Debug)]
pub(crate) struct Shelved {
    pub(crate) resource_id: String,
    pub(crate) identifier: String,
    pub(crate) label: Option<String>,
    pub(crate) description: Option<String>,
}

impl Store {
    /// Makes a drawer.
    pub(crate) fn shelve(
        &self,
        registry: &Registry,
        instance_id: &str,
        value: Shelved,
    ) -> Result<Arc<Drawer>, Refused> {
        let mut inner = self.lock();
        let agent = inner.ensured_agent(registry, instance_id)?;
        let drawer = Arc::new(Drawer {
            id: self.ids.next(),
            resource_id: value.resource_id,
            agent: agent.about.id,
            identifier: value.identifier,
            label: value.label,
            description: value.description,
            created_at: Timestamp::now(),
        });
        agent.drawers.insert(drawer.id, Arc::clone(&drawer));
        Ok(drawer)
    }

    /// Takes a drawer away.
    pub(crate) fn unshelve(&self, registry: &Registry, instance_id: &str, id: &str) -> Result<(), Refused> {
        let mut inner = self.lock();
        let agent = inner.ensured_agent(registry, instance_id)?;
        let removed = id.parse().ok().and_then(|id: Id| agent.drawers.remove(&id));
        removed.map(drop).ok_or_else(|| Refused::not_found("drawer", id))
    }

    /// Asks the agents to drop these values; each takes its drawers away itself.
    pub(crate) fn collect(&self, caller: &Registry, drawers: &[String]) -> Result<(), Refused> {
        let inner = self.lock();
        let mut of_agents: BTreeMap<Id, Vec<String>> = BTreeMap::new();
        for id in drawers {
            let known: Option<Id> = id.parse().ok();
            let holds = |known: Id| {
                let mut seen = inner.agents.values().filter(|agent| caller.sees(&agent.about.registry));
                seen.find(|agent| agent.drawers.contains_key(&known))
            };
            let agent = known.and_then(holds).ok_or_else(|| Refused::not_found("drawer", id))?;
            of_agents.entry(agent.about.id).or_default().push(id.clone());
        }
        for (agent, drawers) in of_agents {
            if let Some(agent) = inner.agents.get(&agent) {
                agent.outbox.push(ToAgent::Collect { drawers }.to_json(Uuid::new_v4()))?;
            }
        }
        Ok(())
    }

    /// The drawers that `viewer` sees, oldest first.
    pub(crate) fn drawers_seen(&self, viewer: &Registry) -> Vec<Arc<Drawer>> {
        let inner = self.lock();
        let seen = inner.agents.values().filter(|agent| viewer.sees(&agent.about.registry));
        let mut drawers: Vec<Arc<Drawer>> = seen.flat_map(|agent| agent.drawers.values()).cloned().collect();
        drawers.sort_by_key(|drawer| drawer.id);
        drawers
    }

    /// The drawers of an agent, oldest first.
    pub(crate) fn drawers(&self, agent: Id) -> Vec<Arc<Drawer>> {
        let inner = self.lock();
        inner.agents.get(&agent).into_iter().flat_map(|agent| agent.drawers.values()).cloned().collect()
    }
}
