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
        state.start(&ready);
        state.say_again(&asked);
        let unknown = state.answer_for_ended(&asked);
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
        let old = state.outbox.expired(age, Instant::now()).into_iter();
        // What was given up before has only the word left that says so.
        let given_up = |id: &AssignationId| state.entries.get(id).is_some_and(|entry| entry.lost);
        let expired: HashSet<AssignationId> = old.filter(|id| !given_up(id)).collect();
        if expired.is_empty() {
            return;
        }
        tracing::error!(
            assignations = expired.len(),
            "the server has been away for {age:?}, so the results of these assignations are given up"
        );
        state.outbox.retain(|event| !expired.contains(&event.id));
        for id in expired {
            let open = state.entries.get_mut(&id).is_some_and(|entry| {
                entry.lost = true;
                entry.is_open()
            });
            if !open {
                state.outbox.push(event(&id, Kind::End, Ending::expired().text(&id)));
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
        // One may have given its place to another, whose turn to be forgotten came later.
        ready.retain(|work| !work.is_over());
    }

    /// Says that running ones run, behind their kept events, which wait in the outbox already.
    fn say_again(&mut self, asked: &HashSet<&str>) {
        let interrupts = self.capabilities.interrupt;
        let entries = &self.entries;
        self.outbox.retain(|event| {
            if event.kind == Kind::Interrupted && !interrupts {
                event.rewrite(Kind::End, Ending::Cancelled.text(&event.id));
            }
            // The server may not have what it returned, and it cannot be sent again.
            let incomplete = entries.get(&event.id).is_some_and(|entry| entry.incomplete);
            if incomplete && event.kind == Kind::End {
                event.rewrite(Kind::End, Ending::incomplete().text(&event.id));
            }
            true
        });
        for id in asked {
            let Some(entry) = self.entries.get_mut(*id).filter(|entry| entry.is_open()) else { continue };
            // Not asked about once, it may be now.
            entry.forgotten = false;
            entry.lost |= entry.incomplete;
            let (message, id) = match &entry.phase {
                Phase::Queued(work) => ("Queued", work.id()),
                Phase::Running(work) if work.is_halted() => ("Paused", work.id()),
                Phase::Running(work) => ("Still running", work.id()),
                Phase::Ended => continue,
            };
            let still = Says::Progress { progress: None, message: Some(message) };
            let text = still.to_json(Uuid::new_v4(), id);
            self.outbox.push(event(id, Kind::Status, text));
        }
    }

    /// Answers for those that have ended and of which nothing is kept any more; the ids that were never seen here are
    /// returned.
    fn answer_for_ended(&mut self, asked: &HashSet<&str>) -> Vec<String> {
        let kept: HashSet<AssignationId> = self.outbox.kept_ids().cloned().collect();
        let mut unknown = Vec::new();
        for id in asked.iter().filter(|id| !kept.contains(**id)) {
            match self.entries.get_key_value(*id) {
                None => unknown.push((*id).to_owned()),
                Some((id, entry)) if !entry.is_open() => {
                    let gone =
                        "the assignation has ended, and its result was delivered and is not kept any more";
                    let text = Ending::Critical(gone.to_owned()).text(id);
                    self.outbox.push(event(id, Kind::End, text));
                }
                Some(_) => {}
            }
        }
        unknown
    }
}
