//! What becomes of assignations when a connection goes and another comes (protocol, section 4).

use std::collections::HashSet;
use std::time::Instant;

use rekuest_core::message::{Capabilities, Event as Says};
use uuid::Uuid;

use super::entry::Phase;
use super::{AssignationId, Ending, Kind, Ready, State, Table, event};

impl Table {
    /// The connection is gone. Nothing is queued until the server has said what it asks about.
    pub(crate) fn disconnected(&self) {
        self.lock().outbox.close();
        self.room.notify_waiters();
        self.settled.notify_waiters();
    }

    /// The server has accepted the agent and asks about the assignations that it holds open. Running ones are
    /// reported as such, what is unconfirmed is sent again in order, what the server does not ask about is settled.
    /// Returns the ids that are not known here, and what is to be started in the place of what was settled.
    pub(crate) fn connected(&self, inquiries: &[String], capabilities: Capabilities) -> (Vec<String>, Ready) {
        let mut state = self.lock();
        state.capabilities = capabilities;
        state.outbox.open(self.pace, capabilities, Instant::now());
        let asked: HashSet<&str> = inquiries.iter().map(String::as_str).collect();
        let mut ready = Ready::new();
        state.forget_all_but(&asked, &mut ready);
        state.say_again(&asked);
        state.answer_for_confirmed(&asked);
        let unknown =
            asked.into_iter().filter(|id| !state.entries.contains_key(*id)).map(str::to_owned).collect();
        drop(state);
        self.written.notify_one();
        // What was settled has made room, and may have been the last of it.
        self.room.notify_waiters();
        self.settled.notify_waiters();
        (unknown, ready)
    }

    /// Nobody here knows of an assignation that the server asks about: its caller is told, unless it came meanwhile.
    pub(crate) fn lost(&self, assignation: &str) {
        let restarted = "the app was restarted, or lost this assignation, while it was away";
        self.end_unrun(assignation, &Ending::Critical(restarted.to_owned()));
    }

    /// Gives up what was kept for a server that has been away for too long: a caller that still waits for it then is
    /// told.
    pub(crate) fn expire(&self) {
        let (_, age) = self.retention;
        let mut state = self.lock();
        let expired: HashSet<AssignationId> = state.outbox.expired(age, Instant::now()).into_iter().collect();
        if expired.is_empty() {
            return;
        }
        tracing::error!(
            assignations = expired.len(),
            "the server has been away for {age:?}, so the results of these assignations are given up"
        );
        state.outbox.retain(|event| !expired.contains(&event.id));
        for id in expired {
            match state.entries.get_mut(&id) {
                Some(entry) if entry.is_open() => entry.lost = true,
                _ => {
                    state.outbox.push(event(&id, Kind::End, Ending::expired().text(&id)));
                }
            }
        }
        drop(state);
        self.room.notify_waiters();
    }
}

impl State {
    /// The server does not hold these open any more, so it has what it wants of them.
    fn forget_all_but(&mut self, asked: &HashSet<&str>, ready: &mut Ready) {
        self.outbox.retain(|event| asked.contains(&*event.id));
        let gone = self.entries.iter().filter(|(id, entry)| entry.is_heard() && !asked.contains(&***id));
        for id in gone.map(|(id, _)| AssignationId::clone(id)).collect::<Vec<_>>() {
            self.forget(&id, ready);
        }
    }

    /// Says that running ones run. Their kept events wait in the outbox already, and follow.
    fn say_again(&mut self, asked: &HashSet<&str>) {
        let interrupts = self.capabilities.interrupt;
        self.outbox.retain(|event| {
            if event.kind == Kind::Interrupted && !interrupts {
                event.rewrite(Kind::End, Ending::Cancelled.text(&event.id));
            }
            true
        });
        for id in asked {
            let Some((id, entry)) = self.entries.get_key_value(*id) else { continue };
            let (message, id) = match &entry.phase {
                Phase::Queued(_) => ("Queued", AssignationId::clone(id)),
                Phase::Running(work) if work.is_halted() => ("Paused", AssignationId::clone(id)),
                Phase::Running(_) => ("Still running", AssignationId::clone(id)),
                Phase::Ended => continue,
            };
            let still = Says::Progress { progress: None, message: Some(message) };
            let text = still.to_json(Uuid::new_v4(), &id);
            self.outbox.push(event(&id, Kind::Status, text));
        }
    }

    /// Answers for ended ones whose end counts as delivered, and that are asked about all the same. At once: an end that
    /// comes, and is confirmed, after the server has asked is its answer.
    fn answer_for_confirmed(&mut self, asked: &HashSet<&str>) {
        let kept: HashSet<&str> = self.outbox.kept_ids().map(|id| &**id).collect();
        let confirmed =
            |id: &&str| !kept.contains(id) && self.entries.get(*id).is_some_and(|entry| !entry.is_open());
        let confirmed: Vec<AssignationId> =
            asked.iter().copied().filter(confirmed).map(AssignationId::from).collect();
        for id in confirmed {
            let gone = "the assignation has ended, and its result was confirmed and is not kept any more";
            let text = Ending::Critical(gone.to_owned()).text(&id);
            self.outbox.push(event(&id, Kind::End, text));
        }
    }
}
