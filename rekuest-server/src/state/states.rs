//! States: what an agent shows of itself, and the changes to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rekuest_core::demand::PortsDemand;
use rekuest_core::{ActionKind, DefinitionBuf, PortBuf};
use serde_json::Value;
use tokio::sync::broadcast;

use super::registries::Registry;
use super::{Inner, Refused, Store};
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
    /// Grows with every change: whoever sees two values of a state knows which is the newer one.
    pub(crate) updated_at: Timestamp,
}

impl State {
    /// The same state with another value.
    fn becomes(&self, schema: Arc<StateSchema>, value: Value) -> Arc<Self> {
        Arc::new(Self {
            id: self.id,
            agent: self.agent,
            registry: Arc::clone(&self.registry),
            interface: self.interface.clone(),
            schema,
            value,
            created_at: self.created_at,
            updated_at: Timestamp::now_after(self.updated_at),
        })
    }
}

/// What a state is made of. States of one organization that are made of the same share it.
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

/// What a schema has to be like. Everything that is left out fits all.
#[derive(Debug)]
pub(crate) struct SchemaDemand {
    pub(crate) hash: Option<String>,
    pub(crate) ports: PortsDemand,
    /// Nothing here keeps protocols, so no schema has one.
    pub(crate) protocols: Vec<String>,
}

impl SchemaDemand {
    /// Whether a schema is meant.
    pub(crate) fn fits(&self, schema: &StateSchema) -> bool {
        self.hash.as_ref().is_none_or(|hash| *hash == schema.hash)
            && self.ports.fits(&schema.ports)
            && self.protocols.is_empty()
    }
}

/// A state that was changed.
pub(crate) type StateChange = Arc<State>;

impl Inner {
    /// The schema with this hash that a state of the organization has.
    fn schema(&self, registry: &Registry, hash: &str) -> Option<&Arc<StateSchema>> {
        let states = self.agents.values().flat_map(|agent| agent.states.values());
        let mut seen = states.filter(|state| registry.sees(&state.registry));
        seen.find_map(|state| (state.schema.hash == hash).then_some(&state.schema))
    }
}

impl Store {
    /// Replaces all states of an agent. A state keeps its id as long as its interface is offered, and those who
    /// subscribed to it are told when it is another one than before: they see an agent start anew.
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
        let mut schemas: Vec<Arc<StateSchema>> = Vec::with_capacity(hashed.len());
        for (offered, hash) in &hashed {
            let known = schemas.iter().find(|schema| schema.hash == *hash);
            let schema = known.or_else(|| inner.schema(registry, hash)).cloned().unwrap_or_else(|| {
                let (name, ports) = (offered.name.clone(), offered.ports.clone());
                Arc::new(StateSchema { id: self.ids.next(), hash: hash.clone(), name, ports })
            });
            schemas.push(schema);
        }
        let agent = self.agent_or_new(&mut inner, registry, instance_id);
        let before = std::mem::take(&mut agent.states);
        let states: Vec<Arc<State>> = hashed
            .into_iter()
            .zip(schemas)
            .map(|((offered, _), schema)| match before.get(&offered.interface) {
                Some(known) => known.becomes(schema, offered.initial),
                None => {
                    let now = Timestamp::now();
                    Arc::new(State {
                        id: self.ids.next(),
                        agent: agent.about.id,
                        registry: Arc::clone(registry),
                        interface: offered.interface,
                        schema,
                        value: offered.initial,
                        created_at: now,
                        updated_at: now,
                    })
                }
            })
            .collect();
        agent.states = states.iter().map(|state| (state.interface.clone(), Arc::clone(state))).collect();
        for state in &states {
            let differs =
                |before: &Arc<State>| before.value != state.value || before.schema.hash != state.schema.hash;
            if before.get(&state.interface).is_some_and(differs) {
                self.publish_state(state);
            }
        }
        states
    }

    /// Changes a state: `change` gets its value. Where it fails, or what it leaves is no object, nothing is changed. The
    /// agent owns its states, so nothing else changes them meanwhile.
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
        if !value.is_object() {
            let shown: String = value.to_string().chars().take(60).collect();
            return Err(refused(format!("it has to be an object of its fields, and would be {shown}")));
        }
        *state = state.becomes(Arc::clone(&state.schema), value);
        self.publish_state(state);
        Ok(Arc::clone(state))
    }

    fn publish_state(&self, state: &Arc<State>) {
        // Nobody listening is no failure.
        let _ = self.state_changes.send(Arc::clone(state));
    }

    /// The states that `viewer` sees and that fulfil `wanted`.
    pub(crate) fn states(&self, viewer: &Registry, wanted: impl Fn(&State) -> bool) -> Vec<Arc<State>> {
        let inner = self.lock();
        let all = inner.agents.values().flat_map(|agent| agent.states.values());
        all.filter(|state| viewer.sees(&state.registry) && wanted(state)).cloned().collect()
    }

    /// The state of this id.
    pub(crate) fn state(&self, viewer: &Registry, id: &str) -> Result<Arc<State>, Refused> {
        let wanted: Option<Id> = id.parse().ok();
        let found = self.states(viewer, |state| Some(state.id) == wanted);
        found.into_iter().next().ok_or_else(|| Refused::not_found("state", id))
    }

    /// What the states that `viewer` sees are made of, oldest first.
    pub(crate) fn schemas(&self, viewer: &Registry) -> Vec<Arc<StateSchema>> {
        let states = self.states(viewer, |_| true);
        let schemas: BTreeMap<Id, Arc<StateSchema>> =
            states.iter().map(|state| (state.schema.id, Arc::clone(&state.schema))).collect();
        schemas.into_values().collect()
    }

    /// The states of one agent.
    pub(crate) fn states_at(&self, agent: Id) -> Vec<Arc<State>> {
        let inner = self.lock();
        inner.agents.get(&agent).into_iter().flat_map(|agent| agent.states.values()).cloned().collect()
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
