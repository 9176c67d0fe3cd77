//! Work that nobody hears any more: the server that assigned it does not hold it open, or has lost its data.

use super::entry::Phase;
use super::{AssignationId, Ending, Kind, Ready, State, Table};
use crate::work::Work;

impl Table {
    /// The server has lost its data and gave the agent another id. It may use the ids of its assignations again, so none
    /// is known any more. What runs goes on unheard; what waits does not begin.
    pub(crate) fn starts_anew(&self) {
        let mut state = self.lock();
        // What could start in the place of another is among them.
        let mut ready = Ready::new();
        for id in state.open_ids().collect::<Vec<_>>() {
            state.forget(&id, &mut ready);
            if state.is_queued(&id) {
                state.cancel(&id, &mut ready);
            }
        }
        state.outbox.clear();
        state.ended.clear();
        for (_, entry) in std::mem::take(&mut state.entries) {
            if let Phase::Queued(work) | Phase::Running(work) = entry.phase {
                state.unheard.push(work);
            }
        }
        drop(state);
        self.notify();
    }
}

impl State {
    fn is_queued(&self, id: &AssignationId) -> bool {
        self.entries.get(id).is_some_and(|entry| matches!(entry.phase, Phase::Queued(_)))
    }

    /// Whether this work is open and known by its id. If not, another one may have its id.
    pub(super) fn is_listed(&self, work: &Work) -> bool {
        self.entries.get(work.id()).is_some_and(|entry| entry.is_of(work))
    }

    /// The server does not hold an assignation open any more. It goes on, but is cancelled if it is paused: nobody could
    /// resume it.
    pub(super) fn forget(&mut self, id: &AssignationId, ready: &mut Ready) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        entry.forgotten = true;
        let paused = match &entry.phase {
            Phase::Queued(work) | Phase::Running(work) => work.is_paused(),
            Phase::Ended => return,
        };
        if paused {
            tracing::warn!(
                assignation = %id,
                "the server does not know this assignation any more; it is paused, so it is cancelled"
            );
            self.cancel(id, ready);
        } else {
            tracing::warn!(assignation = %id, "the server does not know this assignation any more; it runs on unheard");
        }
    }

    /// The gate, for code that has come to its end. False if it has passed already.
    pub(super) fn end_work(&mut self, work: &Work, ending: &Ending, text: String) -> bool {
        if self.is_listed(work) {
            return self.end(work.id(), ending, Kind::End, text);
        }
        self.end_unheard(work, ending)
    }

    /// The same where nobody is told.
    pub(super) fn end_unheard(&mut self, work: &Work, ending: &Ending) -> bool {
        let Some(index) = self.unheard.iter().position(|own| std::ptr::eq(&raw const **own, work)) else {
            return false;
        };
        let work = self.unheard.swap_remove(index);
        self.open -= 1;
        work.ended_with(ending);
        true
    }

    /// Cancels all that nobody hears.
    pub(super) fn cancel_unheard(&mut self) {
        for work in self.unheard.clone() {
            if work.is_blocking() {
                self.end_unheard(&work, &Ending::Cancelled);
                work.linger();
                self.lingering += 1;
            } else {
                work.cancel();
            }
        }
    }
}
