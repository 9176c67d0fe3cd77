//! Agents: who they are, whether they are connected, and what they hold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::sync::{broadcast, mpsc, watch};

use super::assignations::EventKind;
use super::drawers::Drawer;
use super::events::NewEvent;
use super::outbox::Outbox;
use super::registries::Registry;
use super::states::State;
use super::{Inner, Refused, Store};
use crate::ids::Id;
use crate::time::Timestamp;

/// One app instance.
#[derive(Debug)]
pub(super) struct Agent {
    pub(super) about: Arc<AgentInfo>,
    /// Whether ensureAgent was called: states may be set before it.
    pub(super) ensured: bool,
    pub(super) connection: Option<Connection>,
    /// Whether its sockets are refused.
    pub(super) blocked: bool,
    pub(super) last_seen: Option<Timestamp>,
    pub(super) outbox: Arc<Outbox>,
    /// Its assignations that have not ended.
    pub(super) open: BTreeSet<Id>,
    /// Its implementations, by interface.
    pub(super) implementations: BTreeMap<String, Id>,
    /// Its states, by interface.
    pub(super) states: BTreeMap<String, Arc<State>>,
    pub(super) drawers: BTreeMap<Id, Arc<Drawer>>,
}

/// What is told about an agent, apart from what changes by the minute.
#[derive(Debug)]
pub(crate) struct AgentInfo {
    pub(crate) id: Id,
    pub(crate) registry: Arc<Registry>,
    pub(crate) instance_id: String,
    pub(crate) name: String,
    pub(crate) extensions: Vec<String>,
    /// The id of the shelve that its drawers are in.
    pub(crate) shelve: Id,
}

/// How many urgent frames may wait for a socket: a heartbeat, and what an administrator orders.
const URGENT: usize = 8;

/// The socket that holds an agent.
#[derive(Debug)]
pub(super) struct Connection {
    number: Id,
    /// What overtakes the outbox, and is dropped with the socket.
    pub(super) lane: mpsc::Sender<String>,
    lost: watch::Sender<Option<Lost>>,
}

/// Why a socket does not hold its agent any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// A newer connection of the same identity took over.
    Displaced,
    Blocked,
}

/// Why a socket cannot take hold of an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAttached {
    /// ensureAgent was never called for it here.
    Unknown,
    Blocked,
}

/// An agent as it is at one moment.
#[derive(Debug, Clone)]
pub(crate) struct AgentView {
    pub(crate) about: Arc<AgentInfo>,
    pub(crate) connected: bool,
    pub(crate) blocked: bool,
    pub(crate) last_seen: Option<Timestamp>,
}

/// An agent was made, or changed.
#[derive(Debug, Clone)]
pub(crate) struct AgentChange {
    pub(crate) created: bool,
    pub(crate) agent: AgentView,
}

/// What a socket gets that took hold of an agent.
#[derive(Debug)]
pub(crate) struct Attached {
    pub(crate) agent: Id,
    pub(crate) instance_id: String,
    /// The number of this connection; never the same twice.
    pub(crate) connection: Id,
    pub(crate) outbox: Arc<Outbox>,
    /// The agent's open assignations.
    pub(crate) inquiries: Vec<Id>,
    /// Frames that overtake the outbox: where they go in, and where they come out.
    pub(crate) lane: mpsc::Sender<String>,
    pub(crate) urgent: mpsc::Receiver<String>,
    /// Says why once this socket does not hold the agent any more.
    pub(crate) lost: watch::Receiver<Option<Lost>>,
}

impl Agent {
    pub(super) fn view(&self) -> AgentView {
        AgentView {
            about: Arc::clone(&self.about),
            connected: self.connection.is_some(),
            blocked: self.blocked,
            last_seen: self.last_seen,
        }
    }
}

impl Inner {
    /// The agent of this identity and instance.
    pub(super) fn agent_of(&mut self, registry: &Registry, instance_id: &str) -> Option<&mut Agent> {
        let id = self.agents_by_instance.get(&(registry.id, instance_id.to_owned()))?;
        self.agents.get_mut(id)
    }

    /// The same, which ensureAgent has to have made.
    pub(super) fn ensured_agent(
        &mut self,
        registry: &Registry,
        instance_id: &str,
    ) -> Result<&mut Agent, Refused> {
        self.agent_of(registry, instance_id)
            .filter(|agent| agent.ensured)
            .ok_or_else(|| Refused::NoAgent { instance_id: instance_id.to_owned() })
    }
}

impl Store {
    /// Makes the agent of this identity and instance, or changes what is told about it. Its drawers are dropped: what
    /// they stood for was in the memory of a process that has started anew.
    pub(crate) fn ensure_agent(
        &self,
        registry: &Arc<Registry>,
        instance_id: &str,
        name: Option<String>,
        extensions: Option<Vec<String>>,
    ) -> AgentView {
        let mut inner = self.lock();
        let agent = self.agent_or_new(&mut inner, registry, instance_id);
        let created = !std::mem::replace(&mut agent.ensured, true);
        let about = &agent.about;
        agent.about = Arc::new(AgentInfo {
            id: about.id,
            registry: Arc::clone(registry),
            instance_id: about.instance_id.clone(),
            name: name.unwrap_or_else(|| about.name.clone()),
            extensions: extensions.unwrap_or_else(|| about.extensions.clone()),
            shelve: about.shelve,
        });
        agent.drawers.clear();
        let view = agent.view();
        self.publish_agent(AgentChange { created, agent: view.clone() });
        view
    }

    /// The agent of this identity and instance, made when there is none: setAgentStates comes before ensureAgent.
    pub(super) fn agent_or_new<'i>(
        &self,
        inner: &'i mut Inner,
        registry: &Arc<Registry>,
        instance_id: &str,
    ) -> &'i mut Agent {
        let id = *inner
            .agents_by_instance
            .entry((registry.id, instance_id.to_owned()))
            .or_insert_with(|| self.ids.next());
        inner.agents.entry(id).or_insert_with(|| Agent {
            about: Arc::new(AgentInfo {
                id,
                registry: Arc::clone(registry),
                instance_id: instance_id.to_owned(),
                name: registry.identity.client.clone(),
                extensions: Vec::new(),
                shelve: self.ids.next(),
            }),
            ensured: false,
            connection: None,
            blocked: false,
            last_seen: None,
            outbox: Arc::new(Outbox::new(self.settings.outbox_frames, self.settings.outbox_bytes)),
            open: BTreeSet::new(),
            implementations: BTreeMap::new(),
            states: BTreeMap::new(),
            drawers: BTreeMap::new(),
        })
    }

    /// Lets a socket take hold of its agent; a socket that held it before is displaced. Not if ensureAgent was never
    /// called for it here: an agent that outlived the server has to register anew.
    pub(crate) fn attach(&self, registry: &Registry, instance_id: &str) -> Result<Attached, NotAttached> {
        let mut inner = self.lock();
        let agent = inner.ensured_agent(registry, instance_id).map_err(|_| NotAttached::Unknown)?;
        if agent.blocked {
            return Err(NotAttached::Blocked);
        }
        let connection = self.ids.next();
        let (sender, lost) = watch::channel(None);
        let (lane, urgent) = mpsc::channel(URGENT);
        let new = Connection { number: connection, lane: lane.clone(), lost: sender };
        if let Some(old) = agent.connection.replace(new) {
            old.lost.send_replace(Some(Lost::Displaced));
        }
        agent.last_seen = Some(Timestamp::now());
        agent.outbox.hold(connection);
        let attached = Attached {
            agent: agent.about.id,
            instance_id: agent.about.instance_id.clone(),
            connection,
            outbox: Arc::clone(&agent.outbox),
            inquiries: agent.open.iter().copied().collect(),
            lane,
            urgent,
            lost,
        };
        self.publish_agent(AgentChange { created: false, agent: agent.view() });
        self.review_reservations(&mut inner);
        Ok(attached)
    }

    /// The socket is gone: its agent is disconnected, unless another socket holds it by now.
    pub(crate) fn detach(&self, agent: Id, connection: Id) {
        let mut inner = self.lock();
        let holds = |current: &Connection| current.number == connection;
        if inner.agents.get(&agent).and_then(|agent| agent.connection.as_ref()).is_some_and(holds) {
            self.disconnect(&mut inner, agent, None);
        }
    }

    /// Takes an agent from its socket, which is told why unless it is gone. The agent's open assignations are
    /// DISCONNECTED.
    pub(super) fn disconnect(&self, inner: &mut Inner, agent: Id, why: Option<Lost>) {
        let Some(agent) = inner.agents.get_mut(&agent) else { return };
        let Some(connection) = agent.connection.take() else { return };
        if why.is_some() {
            connection.lost.send_replace(why);
        }
        agent.last_seen = Some(Timestamp::now());
        let open: Vec<Id> = agent.open.iter().copied().collect();
        self.publish_agent(AgentChange { created: false, agent: agent.view() });
        for assignation in open {
            self.record(inner, assignation, NewEvent::of(EventKind::Disconnected));
        }
        self.review_reservations(inner);
    }

    fn publish_agent(&self, change: AgentChange) {
        // Nobody listening is no failure.
        let _ = self.agent_changes.send(change);
    }

    /// Changes of all agents, from now on.
    pub(crate) fn subscribe_agents(&self) -> broadcast::Receiver<AgentChange> {
        self.agent_changes.subscribe()
    }

    /// The agents that `viewer` sees, oldest first.
    pub(crate) fn agents(&self, viewer: &Registry) -> Vec<AgentView> {
        let inner = self.lock();
        let seen = inner.agents.values().filter(|agent| agent.ensured && viewer.sees(&agent.about.registry));
        seen.map(Agent::view).collect()
    }

    /// One agent.
    pub(crate) fn agent(&self, viewer: &Registry, id: &str) -> Result<AgentView, Refused> {
        let inner = self.lock();
        let agent = id.parse().ok().and_then(|id: Id| inner.agents.get(&id));
        agent
            .filter(|agent| viewer.sees(&agent.about.registry))
            .map(Agent::view)
            .ok_or_else(|| Refused::not_found("agent", id))
    }

    /// An agent that another record names.
    pub(crate) fn agent_by_id(&self, id: Id) -> Option<AgentView> {
        self.lock().agents.get(&id).map(Agent::view)
    }
}
