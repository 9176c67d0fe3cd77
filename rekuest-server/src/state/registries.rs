//! Identities as the server knows them, and the waiters that belong to them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;

use super::assignations::{Change, Entry};
use super::{Inner, Store};
use crate::auth::Identity;
use crate::ids::{Id, IdSource};

/// An identity that has been seen: what agents and waiters belong to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Registry {
    pub(crate) id: Id,
    pub(crate) identity: Identity,
}

impl Registry {
    /// Whether both are in the same organization, and so see each other's actions, agents and assignations.
    pub(crate) fn sees(&self, other: &Registry) -> bool {
        self.identity.organization == other.identity.organization
    }
}

/// The caller's side of an agent: where the events of its calls go (protocol, section 1).
#[derive(Debug)]
pub(crate) struct Waiter {
    pub(crate) id: Id,
    pub(crate) instance_id: String,
    pub(crate) registry: Arc<Registry>,
}

/// Every registry and waiter.
#[derive(Debug, Default)]
pub(super) struct Registries {
    by_identity: HashMap<Identity, Arc<Registry>>,
    waiters: HashMap<(Id, String), WaiterEntry>,
}

#[derive(Debug)]
struct WaiterEntry {
    waiter: Arc<Waiter>,
    /// Where its subscriptions listen; none while there are none, so that nothing is kept for nobody.
    changes: Option<broadcast::Sender<Change>>,
}

impl Registries {
    pub(super) fn of(&mut self, identity: &Identity, ids: &IdSource) -> Arc<Registry> {
        if let Some(registry) = self.by_identity.get(identity) {
            return Arc::clone(registry);
        }
        let registry = Arc::new(Registry { id: ids.next(), identity: identity.clone() });
        self.by_identity.insert(identity.clone(), Arc::clone(&registry));
        registry
    }

    fn entry(&mut self, registry: &Arc<Registry>, instance_id: &str, ids: &IdSource) -> &mut WaiterEntry {
        self.waiters.entry((registry.id, instance_id.to_owned())).or_insert_with(|| WaiterEntry {
            waiter: Arc::new(Waiter {
                id: ids.next(),
                instance_id: instance_id.to_owned(),
                registry: Arc::clone(registry),
            }),
            changes: None,
        })
    }

    /// The waiter of this identity and instance, made when it is seen first.
    pub(super) fn waiter(
        &mut self,
        registry: &Arc<Registry>,
        instance_id: &str,
        ids: &IdSource,
    ) -> Arc<Waiter> {
        Arc::clone(&self.entry(registry, instance_id, ids).waiter)
    }

    /// Publishes a change to whoever subscribed to this waiter; `make` is not run for nobody.
    pub(super) fn publish(&mut self, waiter: &Waiter, make: impl FnOnce() -> Change) {
        let Some(entry) = self.waiters.get_mut(&(waiter.registry.id, waiter.instance_id.clone())) else {
            return;
        };
        match &entry.changes {
            Some(changes) if changes.receiver_count() > 0 => {
                // It can only fail when the last one has left since.
                let _ = changes.send(make());
            }
            _ => entry.changes = None,
        }
    }
}

impl Inner {
    /// The calls of a waiter that were made within `reach`, and what has happened to them, in the order it happened.
    fn recent(&self, registry: &Registry, instance_id: &str, reach: Duration) -> Vec<Change> {
        let is_young = |entry: &&Entry| !entry.call.created_at.until_older_than(reach).is_zero();
        // Later calls have greater ids: the first one that is too old ends the search.
        let young = self.assignations.entries.values().rev().take_while(is_young);
        let own = young.filter(|entry| {
            let waiter = &entry.call.waiter;
            waiter.registry.id == registry.id && waiter.instance_id == instance_id
        });
        let mut changes: Vec<(Id, Change)> = Vec::new();
        for entry in own {
            changes.push((entry.call.id, Change::Created(Arc::new(entry.view()))));
            changes.extend(entry.events.iter().map(|event| (event.id, Change::Event(Arc::clone(event)))));
        }
        changes.sort_by_key(|(id, _)| *id);
        changes.into_iter().map(|(_, change)| change).collect()
    }
}

impl Store {
    /// Subscribes to the calls made under this identity and instance, from now on.
    pub(crate) fn subscribe(
        &self,
        registry: &Arc<Registry>,
        instance_id: &str,
    ) -> broadcast::Receiver<Change> {
        self.subscribe_from(registry, instance_id, Duration::ZERO).1
    }

    /// The same, with the calls made within `reach` before it. Both under one lock: nothing is missed between them, and
    /// nothing comes twice.
    pub(crate) fn subscribe_from(
        &self,
        registry: &Arc<Registry>,
        instance_id: &str,
        reach: Duration,
    ) -> (Vec<Change>, broadcast::Receiver<Change>) {
        let backlog = self.settings.subscription_backlog;
        let mut inner = self.lock();
        let past = inner.recent(registry, instance_id, reach);
        let entry = inner.registries.entry(registry, instance_id, &self.ids);
        let coming = entry.changes.get_or_insert_with(|| broadcast::Sender::new(backlog)).subscribe();
        (past, coming)
    }
}
