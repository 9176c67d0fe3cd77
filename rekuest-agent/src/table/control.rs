//! What the server says of assignations that it has assigned: CANCEL, INTERRUPT, PAUSE, RESUME, STEP (protocol,
//! section 4).

use std::collections::HashMap;
use std::sync::Arc;

use rekuest_core::message::Event as Says;
use uuid::Uuid;

use super::entry::Phase;
use super::{AssignationId, Ending, Kind, Ready, State, Table};
use crate::work::{Said, Work};

impl Table {
    /// Cancels an assignation: an async function is dropped at its next await and then reported, a blocking one is
    /// reported at once and left to end. An id that never ran here is answered with CANCELLED; one that has ended is not
    /// answered again. Returns what is to be started in its place.
    pub(crate) fn cancel(&self, assignation: &str) -> Ready {
        let mut ready = Ready::new();
        let mut state = self.lock();
        state.cancel(assignation, &mut ready);
        state.start(&ready);
        drop(state);
        self.notify();
        ready
    }

    /// Ends an assignation and all its children that run here, without waiting for any cleanup.
    pub(crate) fn interrupt(&self, assignation: &str) -> Ready {
        let mut ready = Ready::new();
        let mut state = self.lock();
        state.interrupt(assignation, &mut ready);
        // One child may have given its place to another, whose turn to be interrupted came later.
        ready.retain(|work| !work.is_over());
        state.start(&ready);
        drop(state);
        self.notify();
        ready
    }

    /// Cancels everything that is open.
    pub(crate) fn cancel_all(&self) {
        let mut state = self.lock();
        let open: Vec<AssignationId> = state.open_ids().collect();
        // What would be started in their place is among them: it is cancelled too, and counts as queued until then.
        let mut ready = Ready::new();
        for id in open {
            state.cancel(&id, &mut ready);
        }
        state.cancel_unheard();
        drop(state);
        self.notify();
    }

    /// Halts an assignation at its next breakpoint.
    pub(crate) fn pause(&self, assignation: &str) {
        if let Some(work) = self.running(assignation) {
            work.pause();
        }
    }

    /// Lets an assignation go on that is to be halted or is.
    pub(crate) fn resume(&self, assignation: &str) {
        if let Some(work) = self.running(assignation) {
            work.resume(|| self.say(&work, Said::Resumed));
        }
    }

    /// Lets an assignation go on to its next breakpoint.
    pub(crate) fn step(&self, assignation: &str) {
        if let Some(work) = self.running(assignation) {
            work.step(|| self.say(&work, Said::Stepped));
        }
    }

    /// Says what the assignation does, in the words that the server takes.
    pub(crate) fn say(&self, work: &Work, said: Said) {
        let mut state = self.lock();
        if !state.is_listed(work) {
            return;
        }
        let (event, instead) = match said {
            Said::Paused => (Says::Paused, "Paused"),
            Said::Resumed => (Says::Resumed, "Resumed"),
            Said::Stepped => (Says::Stepped, "Stepped"),
        };
        let event = if state.capabilities.pause {
            event
        } else {
            Says::Progress { progress: None, message: Some(instead) }
        };
        state.tell(work.id(), Kind::Status, event.to_json(Uuid::new_v4(), work.id()));
        drop(state);
        self.written.notify_one();
    }

    fn running(&self, assignation: &str) -> Option<Arc<Work>> {
        let state = self.lock();
        match &state.entries.get(assignation)?.phase {
            Phase::Queued(work) | Phase::Running(work) => Some(Arc::clone(work)),
            Phase::Ended => None,
        }
    }

    pub(super) fn notify(&self) {
        self.written.notify_one();
        self.room.notify_waiters();
        self.settled.notify_waiters();
    }
}

impl State {
    pub(super) fn open_ids(&self) -> impl Iterator<Item = AssignationId> {
        let open = self.entries.iter().filter(|(_, entry)| entry.is_open());
        open.map(|(id, _)| AssignationId::clone(id))
    }

    pub(super) fn cancel(&mut self, assignation: &str, ready: &mut Ready) {
        let Some(entry) = self.entries.get(assignation) else {
            return self.end_unrun(assignation, &Ending::Cancelled);
        };
        match &entry.phase {
            Phase::Ended => {}
            Phase::Running(work) if !work.is_blocking() => work.cancel(),
            Phase::Running(_) | Phase::Queued(_) => {
                self.end_at_once(assignation, &Ending::Cancelled, ready);
            }
        }
    }

    fn interrupt(&mut self, assignation: &str, ready: &mut Ready) {
        if !self.entries.contains_key(assignation) {
            return self.end_unrun(assignation, &Ending::Interrupted);
        }
        let mut children: HashMap<&str, Vec<&AssignationId>> = HashMap::new();
        for (id, entry) in &self.entries {
            if let Some(parent) = entry.parent() {
                children.entry(parent).or_default().push(id);
            }
        }
        let mut family = vec![AssignationId::from(assignation)];
        let mut next = 0;
        while let Some(parent) = family.get(next) {
            // Taken out: a caller says who is whose parent, so it might go round in a circle.
            let found = children.remove(&**parent).unwrap_or_default();
            family.extend(found.into_iter().cloned());
            next += 1;
        }
        for id in family {
            self.end_at_once(&id, &Ending::Interrupted, ready);
        }
    }

    /// Ends an open assignation for its caller, whatever its code still does.
    fn end_at_once(&mut self, assignation: &str, ending: &Ending, ready: &mut Ready) {
        let Some((id, entry)) = self.entries.get_key_value(assignation) else { return };
        let id = AssignationId::clone(id);
        let (work, queued) = match &entry.phase {
            Phase::Queued(work) => (Arc::clone(work), true),
            Phase::Running(work) => (Arc::clone(work), false),
            Phase::Ended => return,
        };
        let (kind, text) = self.worded(ending, &id);
        self.end(&id, ending, kind, text);
        if queued {
            self.lanes.leave_waiting(&work, ready);
            self.give_back(&work, ready);
        } else {
            work.linger();
            self.lingering += 1;
            if work.is_blocking() {
                tracing::info!(
                    interface = %work.interface(),
                    assignation = %id,
                    lingering = self.lingering,
                    "{} while it blocks its thread: it ends when it next looks at its task",
                    ending.outcome()
                );
            }
        }
    }
}
