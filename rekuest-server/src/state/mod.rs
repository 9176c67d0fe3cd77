//! Everything the server knows, in memory, behind one lock.
//!
//! On the path of an assignation this is the middle: `assign` comes in from [`graphql`](crate::graphql), is resolved
//! and put into an agent's [`outbox`]; what the agent answers comes in from [`agi`](crate::agi), becomes an
//! [event](assignations::Event) and is published to whoever subscribed.
//!
//! The lock is held for lookups and moves of reference-counted records only. Validation, hashing and writing JSON
//! happen before it is taken or after it is released; publishing is one entry in a ring, however many subscribe.

mod administration;
pub(crate) mod agents;
pub(crate) mod assign;
pub(crate) mod assignations;
pub(crate) mod catalogue;
mod dependencies;
pub(crate) mod drawers;
pub(crate) mod events;
pub(crate) mod instruct;
pub(crate) mod outbox;
pub(crate) mod refused;
pub(crate) mod register;
pub(crate) mod registries;
pub(crate) mod reservations;
pub(crate) mod states;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

use crate::auth::Identity;
use crate::ids::{Id, IdSource};
use crate::settings::Settings;
use agents::{Agent, AgentChange};
use assignations::Assignations;
use catalogue::Catalogue;
pub(crate) use refused::Refused;
use registries::Registries;
use reservations::{ReservationView, Reservations};
use states::StateChange;

/// How many changes of agents, states or reservations a subscription to them may be behind.
const SIDE_BACKLOG: usize = 1_024;

/// Everything the server knows.
#[derive(Debug)]
pub(crate) struct Store {
    inner: Mutex<Inner>,
    ids: IdSource,
    settings: Settings,
    agent_changes: broadcast::Sender<AgentChange>,
    state_changes: broadcast::Sender<StateChange>,
    reservation_changes: broadcast::Sender<ReservationView>,
}

/// What the lock guards.
#[derive(Debug, Default)]
struct Inner {
    registries: Registries,
    agents: BTreeMap<Id, Agent>,
    /// The agents by registry and instance.
    agents_by_instance: HashMap<(Id, String), Id>,
    catalogue: Catalogue,
    assignations: Assignations,
    reservations: Reservations,
}

impl Store {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            inner: Mutex::default(),
            ids: IdSource::starting_now(),
            settings,
            agent_changes: broadcast::Sender::new(SIDE_BACKLOG),
            state_changes: broadcast::Sender::new(SIDE_BACKLOG),
            reservation_changes: broadcast::Sender::new(SIDE_BACKLOG),
        }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The registry of an identity, made when it is seen first.
    pub(crate) fn registry(&self, identity: &Identity) -> std::sync::Arc<registries::Registry> {
        self.lock().registries.of(identity, &self.ids)
    }

    /// A panic while the lock was held has moved at most one record; the server goes on.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
