//! Which call an event belongs to: the routing table, by reference.
//!
//! A call is registered before the server hears of it, since its first events may arrive before the server's answer
//! (protocol, section 3). Events of other callers find no route and are dropped here.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use uuid::Uuid;

use crate::graphql::operations::{AssignationChange, AssignationEvent, EventKind};

/// Beyond so many waiting events, a call that is not read keeps only its newest PROGRESS and no LOG.
const BOUND: usize = 1024;

/// Once so many events wait for a call that is not read, or so many bytes of returns, no YIELD is taken any more: what
/// comes from then on is dropped, and the call ends as lagged once it has been read up to there. A single YIELD is taken
/// whatever its size.
const MOST: usize = 16 * BOUND;
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The inboxes of all outstanding calls.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    table: Mutex<HashMap<Uuid, Arc<Inbox>>>,
}

impl Routes {
    /// Opens an inbox under this reference; none if it has one already.
    pub(crate) fn register(self: &Arc<Self>, reference: Uuid) -> Option<Route> {
        self.open(reference, Inbox::default()).ok()
    }

    /// The same for a call whose id is known. The error says whether what is open there is the inbox of this very call.
    pub(crate) fn register_as(self: &Arc<Self>, reference: Uuid, assignation: &str) -> Result<Route, Taken> {
        let inbox = Inbox::default();
        inbox.settle(assignation);
        self.open(reference, inbox).map_err(|taken| {
            let known = lock(&taken.contents).assignation.as_deref() == Some(assignation);
            if known { Taken::BySame } else { Taken::ByAnother }
        })
    }

    fn open(self: &Arc<Self>, reference: Uuid, inbox: Inbox) -> Result<Route, Arc<Inbox>> {
        let inbox = Arc::new(inbox);
        match lock(&self.table).entry(reference) {
            Entry::Occupied(taken) => return Err(Arc::clone(taken.get())),
            Entry::Vacant(free) => free.insert(Arc::clone(&inbox)),
        };
        Ok(Route { reference, inbox, routes: Arc::clone(self) })
    }

    /// Puts what was told in session `session` into the inbox of its call, if it is one of ours. The inbox is returned if
    /// whoever reads it has to be [told](Inbox::tell).
    #[must_use]
    pub(crate) fn deliver(&self, session: u64, change: AssignationChange) -> Option<Arc<Inbox>> {
        if let Some(created) = change.create
            && let Some(inbox) = self.inbox(created.reference.as_deref())
        {
            inbox.created(session, created.id);
        }
        let event = change.event?;
        let inbox = self.inbox(event.reference.as_deref())?;
        inbox.put(Arrival { session, event }).then_some(inbox)
    }

    fn inbox(&self, reference: Option<&str>) -> Option<Arc<Inbox>> {
        let reference = Uuid::try_parse(reference?).ok()?;
        lock(&self.table).get(&reference).map(Arc::clone)
    }

    /// How many calls are outstanding.
    pub(crate) fn len(&self) -> usize {
        lock(&self.table).len()
    }

    /// Whether no calls are outstanding.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Whose inbox is open under a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    BySame,
    /// Or by one whose id is not known yet.
    ByAnother,
}

/// The route of one call; gone when dropped.
#[derive(Debug)]
pub(crate) struct Route {
    reference: Uuid,
    inbox: Arc<Inbox>,
    routes: Arc<Routes>,
}

impl Route {
    pub(crate) fn reference(&self) -> Uuid {
        self.reference
    }

    pub(crate) fn inbox(&self) -> &Arc<Inbox> {
        &self.inbox
    }
}

impl Drop for Route {
    fn drop(&mut self) {
        lock(&self.routes.table).remove(&self.reference);
    }
}

/// An event that the subscription has told.
#[derive(Debug)]
pub(crate) struct Arrival {
    /// The number of the session.
    pub(crate) session: u64,
    /// The event.
    pub(crate) event: AssignationEvent,
}

impl Arrival {
    /// Whether it is of the call with this id. One that does not say is of whichever call has its reference.
    fn is_of(&self, assignation: &str) -> bool {
        self.event.assignation.as_ref().is_none_or(|of| of.id == assignation)
    }
}

/// What has arrived for one call and was not read yet.
#[derive(Debug, Default)]
pub(crate) struct Inbox {
    contents: Mutex<Contents>,
    arrived: Notify,
    identified: Notify,
}

#[derive(Debug, Default)]
struct Contents {
    arrivals: VecDeque<Arrival>,
    /// The id of the call, once the server has answered with it.
    assignation: Option<String>,
    /// The session that told that a call of this reference was made, and its id.
    created: Option<(u64, String)>,
    dropped_logs: u64,
    /// The bytes of the returns that wait.
    bytes: usize,
    /// Whether events were dropped that matter.
    overflowed: bool,
}

impl Inbox {
    /// Waits until this is told; returns at once if it was since the last time.
    pub(crate) async fn arrived(&self) {
        self.arrived.notified().await;
    }

    /// Tells whoever reads this that something has arrived.
    pub(crate) fn tell(&self) {
        self.arrived.notify_one();
    }

    /// What has arrived.
    pub(crate) fn take(&self) -> VecDeque<Arrival> {
        let mut contents = lock(&self.contents);
        if !contents.overflowed {
            contents.bytes = 0;
        }
        std::mem::take(&mut contents.arrivals)
    }

    /// Whether more has arrived than waits here. Nothing arrives any more then.
    pub(crate) fn has_overflowed(&self) -> bool {
        lock(&self.contents).overflowed
    }

    /// Waits for the id that the server gave the call, as the subscription tells it.
    pub(crate) async fn assignation(&self) -> String {
        loop {
            if let Some((_, assignation)) = lock(&self.contents).created.clone() {
                return assignation;
            }
            self.identified.notified().await;
        }
    }

    /// This is the call's id. Callers may give several calls one reference: what has arrived of another, and what still
    /// comes, is not of this one.
    pub(crate) fn settle(&self, assignation: &str) {
        let mut contents = lock(&self.contents);
        contents.arrivals.retain(|arrival| arrival.is_of(assignation));
        contents.created.take_if(|(_, created)| created != assignation);
        contents.assignation = Some(assignation.to_owned());
    }

    /// The session that has told that the call was made, if one has: it was active then.
    pub(crate) fn created_in(&self) -> Option<u64> {
        lock(&self.contents).created.as_ref().map(|(session, _)| *session)
    }

    /// Nobody is told: it only matters to what comes behind it.
    fn created(&self, session: u64, assignation: String) {
        let mut contents = lock(&self.contents);
        if contents.assignation.as_ref().is_none_or(|settled| *settled == assignation) {
            contents.created = Some((session, assignation));
            drop(contents);
            self.identified.notify_one();
        }
    }

    /// Takes what has arrived; false if it is not of this call.
    fn put(&self, arrival: Arrival) -> bool {
        let mut contents = lock(&self.contents);
        if contents.assignation.as_ref().is_some_and(|settled| !arrival.is_of(settled)) {
            return false;
        }
        if contents.arrivals.len() >= BOUND {
            match arrival.event.kind {
                EventKind::Log => {
                    contents.dropped_logs += 1;
                    if contents.dropped_logs == 1 {
                        tracing::warn!(
                            assignation = contents.assignation,
                            "the events of a call are not read; its logs are dropped"
                        );
                    }
                    return true;
                }
                EventKind::Progress => {
                    contents.arrivals.retain(|kept| kept.event.kind != EventKind::Progress)
                }
                _ => {}
            }
        }
        let returned = arrival.event.returns.as_ref().map(|returns| returns.get().len());
        let full = contents.arrivals.len() >= MOST || contents.bytes >= MOST_BYTES;
        if contents.overflowed || (full && arrival.event.kind == EventKind::Yield) {
            if !std::mem::replace(&mut contents.overflowed, true) {
                let assignation = contents.assignation.as_deref();
                tracing::warn!(assignation, "the events of a call are not read; the call is given up");
            }
        } else {
            contents.bytes += returned.unwrap_or(0);
            contents.arrivals.push_back(arrival);
        }
        true
    }
}

/// The inboxes that something has arrived in. Whoever reads them is told once this is dropped.
#[derive(Default)]
pub(crate) struct Inboxes(Vec<Arc<Inbox>>);

impl Inboxes {
    /// Something has arrived in one.
    pub(crate) fn add(&mut self, inbox: Option<Arc<Inbox>>) {
        // What arrives together is mostly about one call.
        let is_known = |inbox: &Arc<Inbox>| self.0.last().is_some_and(|last| Arc::ptr_eq(last, inbox));
        self.0.extend(inbox.filter(|inbox| !is_known(inbox)));
    }
}

impl Drop for Inboxes {
    fn drop(&mut self) {
        for inbox in &self.0 {
            inbox.tell();
        }
    }
}

/// A lock whose holder panicked guards data that is whole all the same: no change here is made in two steps.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(reference: &str, id: u64, kind: &str) -> AssignationChange {
        serde_json::from_value(json!({"event": {"id": id.to_string(), "kind": kind, "reference": reference}}))
            .expect("a change")
    }

    fn kinds(inbox: &Inbox) -> Vec<EventKind> {
        inbox.take().iter().map(|arrival| arrival.event.kind).collect()
    }

    #[test]
    fn events_of_other_callers_are_dropped() {
        let routes = Arc::new(Routes::default());
        let route = routes.register(Uuid::new_v4()).expect("a free reference");
        let _ = routes.deliver(1, told(&Uuid::new_v4().to_string(), 1, "DONE"));
        let _ = routes.deliver(1, told("not-a-uuid", 2, "DONE"));
        let _ = routes.deliver(1, told(&route.reference().to_string(), 3, "YIELD"));
        assert_eq!(kinds(route.inbox()), [EventKind::Yield]);
    }

    #[test]
    fn a_route_is_gone_with_its_call() {
        let routes = Arc::new(Routes::default());
        let route = routes.register(Uuid::new_v4()).expect("a free reference");
        assert_eq!(routes.len(), 1);
        drop(route);
        assert!(routes.is_empty());
    }

    #[test]
    fn another_call_of_the_same_reference_is_not_this_one() {
        let routes = Arc::new(Routes::default());
        let route = routes.register(Uuid::new_v4()).expect("a free reference");
        let reference = route.reference().to_string();
        let tell = |id: u64, assignation: &str| {
            let event = json!({"id": id.to_string(), "kind": "LOG", "reference": reference,
                "assignation": {"id": assignation}});
            let create = json!({"id": "8", "reference": reference});
            let change = json!({"create": create, "event": event});
            let _ = routes.deliver(1, serde_json::from_value(change).expect("a change"));
        };
        // Some before the server's answer, and some after it.
        tell(1, "8");
        tell(2, "7");
        route.inbox().settle("7");
        tell(3, "8");
        tell(4, "7");
        let kept = route.inbox().take();
        assert_eq!(kept.iter().map(|arrival| arrival.event.id.as_str()).collect::<Vec<_>>(), ["2", "4"]);
        assert_eq!(route.inbox().created_in(), None);
    }

    #[test]
    fn a_call_of_a_known_id_is_told_apart_from_the_first_moment() {
        let routes = Arc::new(Routes::default());
        let reference = Uuid::new_v4();
        let route = routes.register_as(reference, "7").expect("a free reference");
        let taken = |id| routes.register_as(reference, id).expect_err("taken");
        assert_eq!((taken("7"), taken("8")), (Taken::BySame, Taken::ByAnother));
        drop(route);
        let route = routes.register(reference).expect("free again");
        assert_eq!(taken("7"), Taken::ByAnother, "its id is not known yet");
        drop(route);
    }

    #[test]
    fn a_reference_has_one_route() {
        let routes = Arc::new(Routes::default());
        let reference = Uuid::new_v4();
        let route = routes.register(reference);
        assert!(routes.register(reference).is_none());
        drop(route);
        assert!(routes.register(reference).is_some());
    }

    #[test]
    fn an_inbox_that_is_not_read_keeps_yields_up_to_its_bound_and_says_what_is_beyond() {
        let routes = Arc::new(Routes::default());
        let route = routes.register(Uuid::new_v4()).expect("a free reference");
        let reference = route.reference().to_string();
        for id in 0..MOST as u64 {
            let _ = routes.deliver(1, told(&reference, id, "YIELD"));
        }
        assert!(!route.inbox().has_overflowed());
        let _ = routes.deliver(1, told(&reference, u64::MAX, "YIELD"));
        assert!(route.inbox().has_overflowed());
        assert_eq!(kinds(route.inbox()).len(), MOST);
        let _ = routes.deliver(1, told(&reference, u64::MAX, "DONE"));
        assert!(kinds(route.inbox()).is_empty(), "nothing comes behind what was lost");
    }

    #[test]
    fn an_inbox_that_is_not_read_holds_so_many_bytes_and_one_yield_of_any_size() {
        let routes = Arc::new(Routes::default());
        let route = routes.register(Uuid::new_v4()).expect("a free reference");
        let reference = route.reference().to_string();
        let text = "x".repeat(MOST_BYTES);
        let event = json!({"id": "0", "kind": "YIELD", "reference": reference, "returns": {"a": text}});
        let large: AssignationChange = serde_json::from_value(json!({ "event": event })).expect("a change");
        let _ = routes.deliver(1, large.clone());
        let _ = routes.deliver(1, told(&reference, 1, "DONE"));
        assert_eq!(kinds(route.inbox()), [EventKind::Yield, EventKind::Done]);
        let _ = routes.deliver(1, large);
        assert!(!route.inbox().has_overflowed());
        let _ = routes.deliver(1, told(&reference, 2, "YIELD"));
        assert!(route.inbox().has_overflowed());
        assert_eq!(kinds(route.inbox()), [EventKind::Yield]);
    }

    #[test]
    fn an_inbox_that_is_not_read_keeps_yields_and_the_newest_progress() {
        let routes = Arc::new(Routes::default());
        let route = routes.register(Uuid::new_v4()).expect("a free reference");
        let reference = route.reference().to_string();
        for id in 0..3 * BOUND as u64 {
            let kind = ["YIELD", "PROGRESS", "LOG"][(id % 3) as usize];
            let _ = routes.deliver(1, told(&reference, id, kind));
        }
        let _ = routes.deliver(1, told(&reference, u64::MAX, "DONE"));
        let kept = kinds(route.inbox());
        let count = |kind| kept.iter().filter(|kept| **kept == kind).count();
        assert_eq!(count(EventKind::Yield), BOUND);
        assert_eq!(count(EventKind::Done), 1);
        assert!(count(EventKind::Progress) < BOUND && count(EventKind::Log) < BOUND);
    }
}
