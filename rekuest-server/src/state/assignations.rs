//! Assignations and their events: one call of an action each, from `assign` to its terminal event.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::Arc;

use rekuest_core::message::LogLevel;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::catalogue::{Action, Implementation};
use super::registries::{Registry, Waiter};
use super::{Refused, Store};
use crate::ids::Id;
use crate::time::Timestamp;

/// How many events of an assignation are kept (protocol, section 2: "the last ten").
const EVENTS_KEPT: usize = 10;

/// How many ids of YIELD frames are remembered to tell a repeated one: as many as an agent may have unconfirmed.
const YIELDS_REMEMBERED: usize = 10_000;

/// What happened to an assignation; spelled as on the wire (protocol, section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EventKind {
    Assign,
    Progress,
    Delegate,
    Disconnected,
    Yield,
    Done,
    Log,
    Canceling,
    Cancelled,
    Interupting,
    Interupted,
    Error,
    Critical,
}

impl EventKind {
    /// Whether nothing can come after it.
    pub(crate) fn is_terminal(self) -> bool {
        matches!(self, Self::Done | Self::Error | Self::Critical | Self::Cancelled | Self::Interupted)
    }
}

/// What an agent was told to do with an assignation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InstructKind {
    Assign,
    Cancel,
    Step,
    Resume,
    Pause,
    Interrupt,
}

/// What is fixed when a call is made.
#[derive(Debug)]
pub(crate) struct Assignation {
    pub(crate) id: Id,
    pub(crate) reference: String,
    /// An object.
    pub(crate) args: Box<RawValue>,
    pub(crate) action: Arc<Action>,
    pub(crate) implementation: Arc<Implementation>,
    pub(crate) waiter: Arc<Waiter>,
    pub(crate) parent: Option<Id>,
    pub(crate) root: Option<Id>,
    pub(crate) capture: bool,
    pub(crate) ephemeral: bool,
    /// The reservation that it was made by.
    pub(crate) reservation: Option<Id>,
    /// The implementations that serve the dependencies, by key.
    pub(crate) dependencies: BTreeMap<String, String>,
    pub(crate) created_at: Timestamp,
}

/// One event.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) id: Id,
    pub(crate) assignation: Arc<Assignation>,
    pub(crate) kind: EventKind,
    pub(crate) returns: Option<Box<RawValue>>,
    pub(crate) message: Option<String>,
    pub(crate) progress: Option<i64>,
    pub(crate) level: LogLevel,
    pub(crate) delegated_to: Option<Id>,
    pub(crate) created_at: Timestamp,
}

impl Event {
    /// The assignation as it was when this was the last that had happened to it.
    pub(crate) fn as_last(self: &Arc<Self>) -> AssignationView {
        AssignationView {
            call: Arc::clone(&self.assignation),
            is_done: self.kind.is_terminal(),
            latest_event: self.kind,
            latest_instruct: InstructKind::Assign,
            status_message: self.message.clone(),
            updated_at: self.created_at,
            events: vec![Arc::clone(self)],
            instructs: Vec::new(),
        }
    }
}

/// One instruction that was sent.
#[derive(Debug, Clone)]
pub(crate) struct Instruct {
    pub(crate) id: Id,
    pub(crate) assignation: Id,
    pub(crate) kind: InstructKind,
    pub(crate) created_at: Timestamp,
}

/// What a waiter's subscriptions are told.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    Created(Arc<AssignationView>),
    Event(Arc<Event>),
}

impl Change {
    /// The assignation that it is about.
    pub(crate) fn assignation(&self) -> &Arc<Assignation> {
        match self {
            Self::Created(view) => &view.call,
            Self::Event(event) => &event.assignation,
        }
    }
}

/// An assignation as it is at one moment.
#[derive(Debug, Clone)]
pub(crate) struct AssignationView {
    pub(crate) call: Arc<Assignation>,
    pub(crate) is_done: bool,
    pub(crate) latest_event: EventKind,
    pub(crate) latest_instruct: InstructKind,
    pub(crate) status_message: Option<String>,
    pub(crate) updated_at: Timestamp,
    /// The last ten, newest first.
    pub(crate) events: Vec<Arc<Event>>,
    /// The last ten, newest first.
    pub(crate) instructs: Vec<Instruct>,
}

/// An assignation with what changes.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) call: Arc<Assignation>,
    pub(super) is_done: bool,
    pub(super) latest_event: EventKind,
    pub(super) latest_instruct: InstructKind,
    pub(super) status_message: Option<String>,
    pub(super) updated_at: Timestamp,
    /// Newest first.
    pub(super) events: VecDeque<Arc<Event>>,
    /// Newest first.
    pub(super) instructs: VecDeque<Instruct>,
    seen_yields: HashSet<Uuid>,
    yields_in_order: VecDeque<Uuid>,
}

impl Entry {
    pub(super) fn new(call: Arc<Assignation>) -> Self {
        Self {
            updated_at: call.created_at,
            call,
            is_done: false,
            latest_event: EventKind::Assign,
            latest_instruct: InstructKind::Assign,
            status_message: None,
            events: VecDeque::new(),
            instructs: VecDeque::new(),
            seen_yields: HashSet::new(),
            yields_in_order: VecDeque::new(),
        }
    }

    pub(super) fn view(&self) -> AssignationView {
        AssignationView {
            call: Arc::clone(&self.call),
            is_done: self.is_done,
            latest_event: self.latest_event,
            latest_instruct: self.latest_instruct,
            status_message: self.status_message.clone(),
            updated_at: self.updated_at,
            events: self.events.iter().cloned().collect(),
            instructs: self.instructs.iter().cloned().collect(),
        }
    }

    /// Whether a YIELD frame of this id came before; remembers it.
    pub(super) fn is_repeated(&mut self, frame: Uuid) -> bool {
        if !self.seen_yields.insert(frame) {
            return true;
        }
        self.yields_in_order.push_back(frame);
        if self.yields_in_order.len() > YIELDS_REMEMBERED
            && let Some(oldest) = self.yields_in_order.pop_front()
        {
            self.seen_yields.remove(&oldest);
        }
        false
    }

    pub(super) fn add(&mut self, event: Arc<Event>) {
        self.latest_event = event.kind;
        self.updated_at = event.created_at;
        if let Some(message) = &event.message {
            self.status_message = Some(message.clone());
        }
        self.events.push_front(event);
        self.events.truncate(EVENTS_KEPT);
    }

    pub(super) fn instruct(&mut self, instruct: Instruct) {
        self.latest_instruct = instruct.kind;
        self.updated_at = instruct.created_at;
        self.instructs.push_front(instruct);
        self.instructs.truncate(EVENTS_KEPT);
    }

    /// What it costs to keep, roughly, in bytes.
    fn size(&self) -> usize {
        let of_event = |event: &Arc<Event>| {
            let returns = event.returns.as_ref().map_or(0, |returns| returns.get().len());
            returns + event.message.as_ref().map_or(0, String::len)
        };
        self.call.args.get().len() + self.events.iter().map(of_event).sum::<usize>()
    }
}

/// Every assignation that is open or still kept.
#[derive(Debug, Default)]
pub(super) struct Assignations {
    pub(super) entries: BTreeMap<Id, Entry>,
    /// The finished ones that are kept, with their sizes, the one that ended first in front.
    finished: VecDeque<(Id, usize)>,
    finished_bytes: usize,
}

impl Assignations {
    /// Marks one as ended, and drops those that ended long ago beyond what is kept.
    pub(super) fn finish(&mut self, id: Id, most: usize, most_bytes: usize) {
        let Some(entry) = self.entries.get_mut(&id) else { return };
        entry.is_done = true;
        entry.seen_yields = HashSet::new();
        entry.yields_in_order = VecDeque::new();
        let size = entry.size();
        self.finished.push_back((id, size));
        self.finished_bytes += size;
        while self.finished.len() > most || (self.finished_bytes > most_bytes && self.finished.len() > 1) {
            let Some((oldest, size)) = self.finished.pop_front() else { return };
            self.finished_bytes -= size;
            self.entries.remove(&oldest);
        }
    }
}

impl Store {
    /// One assignation.
    pub(crate) fn assignation(&self, viewer: &Registry, id: &str) -> Result<AssignationView, Refused> {
        let inner = self.lock();
        let entry = id.parse().ok().and_then(|id: Id| inner.assignations.entries.get(&id));
        entry
            .filter(|entry| viewer.sees(&entry.call.waiter.registry))
            .map(Entry::view)
            .ok_or_else(|| Refused::not_found("assignation", id))
    }

    /// An assignation that another record names; none once it is no longer kept.
    pub(crate) fn assignation_by_id(&self, id: Id) -> Option<AssignationView> {
        self.lock().assignations.entries.get(&id).map(Entry::view)
    }

    /// The assignations that fulfil `wanted`, oldest first.
    pub(crate) fn assignations(&self, wanted: impl Fn(&Assignation) -> bool) -> Vec<AssignationView> {
        let inner = self.lock();
        inner.assignations.entries.values().filter(|entry| wanted(&entry.call)).map(Entry::view).collect()
    }

    /// The events, among those kept, that fulfil `wanted`, oldest first.
    pub(crate) fn events(&self, viewer: &Registry, wanted: impl Fn(&Event) -> bool) -> Vec<Arc<Event>> {
        let inner = self.lock();
        let seen =
            inner.assignations.entries.values().filter(|entry| viewer.sees(&entry.call.waiter.registry));
        let mut events: Vec<_> =
            seen.flat_map(|entry| &entry.events).filter(|event| wanted(event)).cloned().collect();
        events.sort_by_key(|event| event.id);
        events
    }
}
