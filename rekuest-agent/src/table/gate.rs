//! What passes of an assignation: what it says while it is open, and exactly one terminal event.

use std::sync::Arc;

use super::entry::{Entry, Phase};
use super::{AssignationId, Ending, Kind, REMEMBERED, Ready, State, event, starting};

impl State {
    /// Queues an event that may be lost.
    pub(super) fn tell(&mut self, id: &AssignationId, kind: Kind, mut text: String) {
        let Some(entry) = self.entries.get_mut(id).filter(|entry| entry.is_heard()) else { return };
        if kind == Kind::Log {
            if !self.outbox.takes_logs() {
                entry.dropped_logs += 1;
                self.dropped_logs += 1;
                return;
            }
            if let Some(note) = entry.note_of_dropped_logs(id) {
                self.outbox.push(event(id, Kind::Log, note));
            }
        }
        if !self.outbox.is_open() {
            return;
        }
        if kind == Kind::Progress
            && let Some(number) = entry.progress
            && self.outbox.merges()
        {
            match self.outbox.replace_progress(number, text) {
                Ok(()) => return,
                Err(unsaid) => text = unsaid,
            }
        }
        let number = self.outbox.push(event(id, kind, text));
        if kind == Kind::Progress {
            entry.progress = Some(number);
        }
    }

    /// Queues an event and keeps it until it is confirmed.
    pub(super) fn keep(&mut self, id: &AssignationId, kind: Kind, text: String) {
        let Some(entry) = self.entries.get_mut(id).filter(|entry| entry.is_open()) else { return };
        // Should the server ask for it after all, its result is not complete.
        entry.lost |= entry.forgotten;
        if !entry.lost {
            self.outbox.push(event(id, kind, text));
        }
    }

    /// The gate: ends an open assignation with this terminal event. False, and nothing is sent, if it has ended already.
    pub(super) fn end(&mut self, id: &AssignationId, ending: &Ending, kind: Kind, text: String) -> bool {
        let Some(entry) = self.entries.get_mut(id) else { return false };
        if matches!(entry.phase, Phase::Queued(_)) {
            self.queued -= 1;
        }
        let (Phase::Queued(work) | Phase::Running(work)) = std::mem::replace(&mut entry.phase, Phase::Ended)
        else {
            return false;
        };
        self.open -= 1;
        work.ended_with(ending);
        if !entry.forgotten {
            if self.outbox.merges()
                && let Some(number) = entry.progress.take()
            {
                self.outbox.supersede(number);
            }
            if self.outbox.is_open()
                && let Some(note) = entry.note_of_dropped_logs(id)
            {
                self.outbox.push(event(id, Kind::Log, note));
            }
            let text = if entry.lost { Ending::expired().text(id) } else { text };
            self.outbox.push(event(id, kind, text));
        }
        self.remember(id);
        true
    }

    pub(super) fn end_unrun(&mut self, assignation: &str, ending: &Ending) {
        if !self.entries.contains_key(assignation) {
            let id = AssignationId::from(assignation);
            let (kind, text) = self.worded(ending, &id);
            self.outbox.push(event(&id, kind, text));
            self.entries.insert(AssignationId::clone(&id), Entry::new(Phase::Ended));
            self.remember(&id);
        }
    }

    /// An ending as this server takes it.
    pub(super) fn worded(&self, ending: &Ending, id: &str) -> (Kind, String) {
        match ending {
            Ending::Interrupted if self.capabilities.interrupt => (Kind::Interrupted, ending.text(id)),
            Ending::Interrupted => (Kind::End, Ending::Cancelled.text(id)),
            _ => (Kind::End, ending.text(id)),
        }
    }

    /// An ended assignation is remembered for a while, longer if it has events to be confirmed.
    fn remember(&mut self, id: &AssignationId) {
        self.ended.push_back(AssignationId::clone(id));
        let most = REMEMBERED + self.outbox.unconfirmed() + self.outbox.waiting();
        while self.ended.len() > most
            && let Some(oldest) = self.ended.pop_front()
        {
            self.entries.remove(&oldest);
        }
    }

    /// Marks those that waited and start now as running, and says so.
    pub(super) fn start(&mut self, ready: &Ready) {
        for work in ready {
            if let Some(entry) = self.entries.get_mut(work.id())
                && matches!(entry.phase, Phase::Queued(_))
            {
                entry.phase = Phase::Running(Arc::clone(work));
                self.queued -= 1;
                self.tell(work.id(), Kind::Progress, starting(work.id()));
            }
        }
    }
}
