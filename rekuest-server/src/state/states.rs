//! States: what an agent shows of itself, and the changes to it.

use std::sync::Arc;

use rekuest_core::{ActionKind, DefinitionBuf, PortBuf};
use serde_json::Value;
use tokio::sync::broadcast;

use super::registries::Registry;
use super::{Refused, Store};
use crate::ids::Id;
use crate::time::Timestamp;

/// One state of an agent, as it is at one moment.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) id: Id,
    pub(crate) agent: Id,
    pub(crate) registry: Arc<Registry>,
    pub(crate) interface: String,
    pub(crate) schema: Arc<StateSchema>,
    /// An object.
    pub(crate) value: Value,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// What a state is made of.
#[derive(Debug)]
pub(crate) struct StateSchema {
    pub(crate) id: Id,
    pub(crate) hash: String,
    pub(crate) name: String,
    pub(crate) ports: Vec<PortBuf>,
}

/// A state that an agent offers.
#[derive(Debug)]
pub(crate) struct OfferedState {
    pub(crate) interface: String,
    pub(crate) name: String,
    pub(crate) ports: Vec<PortBuf>,
    pub(crate) initial: Value,
}

/// A state that was changed.
pub(crate) type StateChange = Arc<State>;

impl Store {
    /// Replaces all states of an agent. A state keeps its id as long as its interface is offered.
    pub(crate) fn set_states(
        &self,
        registry: &Arc<Registry>,
        instance_id: &str,
        offered: Vec<OfferedState>,
    ) -> Vec<Arc<State>> {
        let hashed: Vec<(OfferedState, String)> = offered
            .into_iter()
            .map(|state| {
                let hash = schema_hash(&state);
                (state, hash)
            })
            .collect();
        let mut inner = self.lock();
        let agent = self.agent_or_new(&mut inner, registry, instance_id);
        let before = std::mem::take(&mut agent.states);
        let now = Timestamp::now();
        let states: Vec<Arc<State>> = hashed
            .into_iter()
            .map(|(offered, hash)| {
                let known = before.get(&offered.interface);
                let same_schema = known.filter(|state| state.schema.hash == hash);
                let schema = same_schema.map_or_else(
                    || {
                        let (id, name) = (self.ids.next(), offered.name);
                        Arc::new(StateSchema { id, hash, name, ports: offered.ports })
                    },
                    |state| Arc::clone(&state.schema),
                );
                Arc::new(State {
                    id: known.map_or_else(|| self.ids.next(), |state| state.id),
                    agent: agent.about.id,
                    registry: Arc::clone(registry),
                    interface: offered.interface,
                    schema,
                    value: offered.initial,
                    created_at: known.map_or(now, |state| state.created_at),
                    updated_at: now,
                })
            })
            .collect();
        agent.states = states.iter().map(|state| (state.interface.clone(), Arc::clone(state))).collect();
        states
    }

    /// Changes a state: `change` gets its value. The agent owns its states, so nothing else changes them meanwhile.
    pub(crate) fn change_state(
        &self,
        registry: &Registry,
        instance_id: &str,
        interface: &str,
        change: impl FnOnce(&mut Value) -> Result<(), String>,
    ) -> Result<Arc<State>, Refused> {
        let refused = |reason| Refused::State { interface: interface.to_owned(), reason };
        let mut inner = self.lock();
        let agent = inner
            .agent_of(registry, instance_id)
            .ok_or_else(|| Refused::NoAgent { instance_id: instance_id.to_owned() })?;
        let state = agent
            .states
            .get_mut(interface)
            .ok_or_else(|| refused("there is none: list it in setAgentStates first".to_owned()))?;
        let mut value = state.value.clone();
        change(&mut value).map_err(refused)?;
        *state = Arc::new(State {
            id: state.id,
            agent: state.agent,
            registry: Arc::clone(&state.registry),
            interface: state.interface.clone(),
            schema: Arc::clone(&state.schema),
            value,
            created_at: state.created_at,
            updated_at: Timestamp::now(),
        });
        let state = Arc::clone(state);
        // Nobody listening is no failure.
        let _ = self.state_changes.send(Arc::clone(&state));
        Ok(state)
    }

    /// The states that `viewer` sees and that fulfil `wanted`.
    pub(crate) fn states(&self, viewer: &Registry, wanted: impl Fn(&State) -> bool) -> Vec<Arc<State>> {
        let inner = self.lock();
        let all = inner.agents.values().flat_map(|agent| agent.states.values());
        all.filter(|state| viewer.sees(&state.registry) && wanted(state)).cloned().collect()
    }

    /// Changes of all states, from now on.
    pub(crate) fn subscribe_states(&self) -> broadcast::Receiver<StateChange> {
        self.state_changes.subscribe()
    }
}

/// The hash of a schema: that of an action with the same name and the ports as arguments.
fn schema_hash(state: &OfferedState) -> String {
    let definition = DefinitionBuf {
        name: state.name.clone(),
        description: None,
        kind: ActionKind::Function,
        collections: Vec::new(),
        stateful: false,
        port_groups: Vec::new(),
        args: state.ports.clone(),
        returns: Vec::new(),
        is_test_for: Vec::new(),
        interfaces: Vec::new(),
        is_dev: false,
        logo: None,
    };
    definition.hash()
}
