//! Reservations: a caller's standing choice among the implementations of an action.
//!
//! Which of them could run a call now, the viable ones, is looked at whenever an agent comes, goes or changes what it
//! offers. Where that is another answer than before, whoever subscribed is told.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::broadcast;
use uuid::Uuid;

use super::assign::Target;
use super::catalogue::{Action, Implementation};
use super::registries::{Registry, Waiter};
use super::{Inner, Refused, Store};
use crate::ids::Id;
use crate::time::Timestamp;

/// How many reservations one waiter may hold: they cost something whenever an agent comes or goes.
const MOST: usize = 1_024;

/// How a call by a reservation gets its implementation. A reservation of one implementation has no choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ReservationStrategy {
    /// The one whose agent has the fewest open assignations.
    #[default]
    LeastBusy,
    /// One after the other.
    RoundRobin,
    /// Any.
    Random,
}

/// What a caller wants to hold.
#[derive(Debug)]
pub(crate) struct Reserve {
    pub(crate) instance_id: String,
    /// The same of one waiter is the same reservation, asked for again.
    pub(crate) reference: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) target: Target,
    pub(crate) binds: Option<Binds>,
}

/// To what a reservation is bound; to nothing where it says nothing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Binds {
    pub(crate) implementations: Vec<String>,
    /// The OAuth clients of the agents.
    pub(crate) clients: Vec<String>,
    /// How many implementations have to be viable for it to be happy.
    pub(crate) desired_instances: usize,
}

/// What is told about a reservation, apart from what changes with the agents.
#[derive(Debug)]
pub(crate) struct Reservation {
    pub(crate) id: Id,
    pub(crate) reference: String,
    pub(crate) title: Option<String>,
    pub(crate) waiter: Arc<Waiter>,
    action: Id,
    /// The one implementation that it is of, if it is of one.
    implementation: Option<Id>,
    pub(crate) binds: Option<Binds>,
}

/// A reservation as it is at one moment.
#[derive(Debug, Clone)]
pub(crate) struct ReservationView {
    pub(crate) about: Arc<Reservation>,
    pub(crate) action: Arc<Action>,
    /// Those that could run a call now, oldest first.
    pub(crate) viable: Vec<Arc<Implementation>>,
    pub(crate) updated_at: Timestamp,
}

impl ReservationView {
    /// Whether as many are viable as it asks for.
    pub(crate) fn is_happy(&self) -> bool {
        let desired = self.about.binds.as_ref().map_or(1, |binds| binds.desired_instances);
        self.viable.len() >= desired.max(1)
    }

    /// Whether it is of one implementation.
    pub(crate) fn is_direct(&self) -> bool {
        self.about.implementation.is_some()
    }
}

/// Every reservation that is held.
#[derive(Debug, Default)]
pub(super) struct Reservations {
    entries: BTreeMap<Id, Entry>,
}

#[derive(Debug)]
struct Entry {
    about: Arc<Reservation>,
    /// What was told last of who is viable.
    viable: Vec<Id>,
    /// How many calls were made by it.
    turns: Cell<usize>,
    updated_at: Timestamp,
}

impl Reservation {
    /// Whether an implementation of its action is one that it means, connected or not.
    fn takes(&self, one: &Implementation) -> bool {
        let is_in = |some: &[String], text: &str| some.is_empty() || some.iter().any(|other| other == text);
        self.implementation.is_none_or(|wanted| wanted == one.id)
            && self.binds.as_ref().is_none_or(|binds| {
                is_in(&binds.implementations, &one.id.to_string())
                    && is_in(&binds.clients, &one.registry.identity.client)
            })
    }

    /// Whether it is held under this identity, and this instance if one is given.
    pub(crate) fn belongs_to(&self, registry: &Registry, instance_id: Option<&str>) -> bool {
        self.waiter.registry.id == registry.id
            && instance_id.is_none_or(|instance| instance == self.waiter.instance_id)
    }
}

impl Inner {
    fn viable<'i>(&'i self, reservation: &'i Reservation) -> impl Iterator<Item = &'i Arc<Implementation>> {
        let all = self.catalogue.of_action(reservation.action);
        all.filter(|one| reservation.takes(one) && self.is_connected(one.agent))
    }

    fn view(&self, entry: &Entry) -> Option<ReservationView> {
        let action = &self.catalogue.actions.get(&entry.about.action)?.action;
        Some(ReservationView {
            about: Arc::clone(&entry.about),
            action: Arc::clone(action),
            viable: self.viable(&entry.about).cloned().collect(),
            updated_at: entry.updated_at,
        })
    }

    /// The reservation of this id, if the caller holds it.
    fn held(&self, caller: &Registry, id: &str) -> Result<&Entry, Refused> {
        let entry = id.parse().ok().and_then(|id: Id| self.reservations.entries.get(&id));
        entry
            .filter(|entry| entry.about.belongs_to(caller, None))
            .ok_or_else(|| Refused::not_found("reservation of yours", id))
    }

    /// The implementation that runs the next call by a reservation.
    pub(super) fn reserved(
        &self,
        caller: &Registry,
        id: &str,
        strategy: ReservationStrategy,
    ) -> Result<&Arc<Implementation>, Refused> {
        let entry = self.held(caller, id)?;
        let viable: Vec<_> = self.viable(&entry.about).collect();
        let turn = entry.turns.replace(entry.turns.get().wrapping_add(1));
        let chosen = match strategy {
            _ if viable.is_empty() => None,
            ReservationStrategy::LeastBusy => self.least_busy(viable.into_iter()),
            ReservationStrategy::RoundRobin => viable.get(turn % viable.len()).copied(),
            ReservationStrategy::Random => viable.get(fastrand::usize(..viable.len())).copied(),
        };
        chosen.ok_or_else(|| Refused::NotViable { id: id.to_owned() })
    }
}

impl Store {
    /// Holds a reservation. One with the reference of another of this waiter takes its place, and its id.
    pub(crate) fn reserve(
        &self,
        caller: &Arc<Registry>,
        wanted: Reserve,
    ) -> Result<ReservationView, Refused> {
        let mut inner = self.lock();
        let (action, implementation) = match &wanted.target {
            Target::Implementation(id) => {
                let one = inner.implementation(caller, id)?;
                (one.action.id, Some(one.id))
            }
            Target::Action(id) => (inner.action(caller, id)?.id, None),
            Target::Hash(hash) => (inner.action_of_hash(caller, hash)?.id, None),
            Target::Interface { agent, interface } => {
                let one = inner.implementation_at(caller, agent, interface)?;
                (one.action.id, Some(one.id))
            }
            Target::Reservation(_) => return Err(Refused::NothingNamed),
        };
        for id in wanted.binds.iter().flat_map(|binds| &binds.implementations) {
            inner.implementation(caller, id)?;
        }
        let own = |about: &Reservation| about.belongs_to(caller, Some(&wanted.instance_id));
        let reservations = inner.reservations.entries.values().map(|entry| &entry.about);
        let held: Vec<_> = reservations.filter(|about| own(about)).collect();
        let known = held.iter().find(|about| Some(&about.reference) == wanted.reference.as_ref());
        let id = match known {
            Some(known) => known.id,
            None if held.len() >= MOST => return Err(Refused::TooManyReservations { most: MOST }),
            None => self.ids.next(),
        };
        let about = Arc::new(Reservation {
            id,
            reference: wanted.reference.unwrap_or_else(|| Uuid::new_v4().to_string()),
            title: wanted.title,
            waiter: inner.registries.waiter(caller, &wanted.instance_id, &self.ids),
            action,
            implementation,
            binds: wanted.binds,
        });
        let viable = inner.viable(&about).map(|one| one.id).collect();
        let entry = Entry { about, viable, turns: Cell::new(0), updated_at: Timestamp::now() };
        let view = inner.view(&entry).ok_or(Refused::NoImplementation)?;
        inner.reservations.entries.insert(id, entry);
        self.publish_reservation(view.clone());
        Ok(view)
    }

    /// Ends a reservation. Calls that were made by it go on.
    pub(crate) fn unreserve(&self, caller: &Registry, id: &str) -> Result<(), Refused> {
        let mut inner = self.lock();
        let id = inner.held(caller, id)?.about.id;
        let ended = inner.reservations.entries.remove(&id);
        if let Some(mut last) = ended.and_then(|entry| inner.view(&entry)) {
            last.viable.clear();
            last.updated_at = Timestamp::now();
            self.publish_reservation(last);
        }
        Ok(())
    }

    /// Looks at who is viable, after agents came, went or changed what they offer.
    pub(super) fn review_reservations(&self, inner: &mut Inner) {
        let another = |(id, entry): (&Id, &Entry)| {
            let viable: Vec<Id> = inner.viable(&entry.about).map(|one| one.id).collect();
            (viable != entry.viable).then_some((*id, viable))
        };
        let changed: Vec<_> = inner.reservations.entries.iter().filter_map(another).collect();
        for (id, viable) in changed {
            if let Some(entry) = inner.reservations.entries.get_mut(&id) {
                entry.viable = viable;
                entry.updated_at = Timestamp::now();
            }
            let view = inner.reservations.entries.get(&id).and_then(|entry| inner.view(entry));
            view.into_iter().for_each(|view| self.publish_reservation(view));
        }
    }

    fn publish_reservation(&self, view: ReservationView) {
        // Nobody listening is no failure.
        let _ = self.reservation_changes.send(view);
    }

    /// Changes of all reservations, from now on.
    pub(crate) fn subscribe_reservations(&self) -> broadcast::Receiver<ReservationView> {
        self.reservation_changes.subscribe()
    }

    /// The reservations that fulfil `wanted`, oldest first.
    pub(crate) fn reservations(&self, wanted: impl Fn(&Reservation) -> bool) -> Vec<ReservationView> {
        let inner = self.lock();
        let entries = inner.reservations.entries.values().filter(|entry| wanted(&entry.about));
        entries.filter_map(|entry| inner.view(entry)).collect()
    }

    /// A reservation that another record names; none once it has ended.
    pub(crate) fn reservation_by_id(&self, id: Id) -> Option<ReservationView> {
        let inner = self.lock();
        inner.reservations.entries.get(&id).and_then(|entry| inner.view(entry))
    }
}
