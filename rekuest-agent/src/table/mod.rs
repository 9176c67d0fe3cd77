//! The one table that knows every assignation of this agent.
//!
//! Running ones, and ended ones whose events the server may not have yet. Three rules live here. An id runs once:
//! an ASSIGN of one that is known is dropped. It ends once: terminal events pass one gate, [`Table::end`], which lets
//! exactly one through. And nothing that counts is lost within a bound: YIELDs and terminal events stay until a heartbeat
//! confirms them (protocol, section 4), and are sent again after a reconnect when the server asks for the assignation.

mod outbox;

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use rekuest_core::message::FromAgent;
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::Utf8Bytes;
use uuid::Uuid;

use outbox::Outbox;

/// The id of an assignation.
pub(crate) type AssignationId = Arc<str>;

/// How many frames may wait for the writer before functions that yield have to wait too.
const QUEUE: usize = 4096;

/// How many bytes of events may be kept before functions that yield have to wait.
const RETAINED_BYTES: usize = 64 << 20;

/// How many events that were handed to the socket may be unconfirmed. Servers confirm with every heartbeat, each 10 to
/// 15 seconds; beyond this bound, or beyond [`RETAINED_BYTES`], the oldest of them are taken as delivered.
const UNCONFIRMED: usize = 100_000;

/// How many settled ids are remembered, so that an ASSIGN that is delivered late and twice does not run again.
const REMEMBERED: usize = 8_192;

/// Every assignation that is running or not yet settled.
#[derive(Debug, Default)]
pub(crate) struct Table {
    state: Mutex<State>,
    /// Something is there to write.
    written: Notify,
    /// The writer has made room.
    room: Notify,
    /// An assignation has ended, or all frames were handed to the socket.
    settled: Notify,
}

#[derive(Debug, Default)]
struct State {
    entries: HashMap<AssignationId, Entry>,
    outbox: Outbox,
    remembered: Remembered,
    retained_bytes: usize,
    running: usize,
    /// Whether new assignations are refused.
    draining: bool,
}

#[derive(Debug)]
struct Entry {
    phase: Phase,
    /// YIELDs and the terminal event that are not known to have been delivered, in order.
    retained: VecDeque<Retained>,
    /// The server does not hold this assignation open any more: what it still sends would be an error there.
    forgotten: bool,
}

#[derive(Debug)]
enum Phase {
    /// Cancelled through this.
    Running(Arc<Notify>),
    Ended,
}

#[derive(Debug)]
struct Retained {
    number: u64,
    frame: Utf8Bytes,
}

/// What becomes of an ASSIGN.
#[derive(Debug)]
pub(crate) enum Admission {
    /// It runs; it is cancelled through the `Notify`.
    Admitted(AssignationId, Arc<Notify>),
    /// It is known: running already, or ended. There is nothing to do.
    Known,
    /// The agent is about to end.
    Refused,
}

/// What the server asks about when the agent has come back, and the agent does not know.
pub(crate) type UnknownInquiries = Vec<String>;

impl Table {
    fn lock(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can panic between two states; what a poisoned one holds is sound.
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes in an ASSIGN.
    pub(crate) fn admit(&self, assignation: &str) -> Admission {
        let mut state = self.lock();
        if state.knows(assignation) {
            return Admission::Known;
        }
        if state.draining {
            return Admission::Refused;
        }
        let id = AssignationId::from(assignation);
        let cancel = Arc::new(Notify::new());
        let entry =
            Entry { phase: Phase::Running(Arc::clone(&cancel)), retained: VecDeque::new(), forgotten: false };
        state.entries.insert(Arc::clone(&id), entry);
        state.running += 1;
        Admission::Admitted(id, cancel)
    }

    /// Sends an event that may be lost with the connection: PROGRESS, LOG.
    pub(crate) fn tell(&self, event: &FromAgent) {
        let mut state = self.lock();
        let open = event.assignation().and_then(|id| state.entries.get(id)).is_some_and(Entry::is_open);
        if open {
            state.outbox.push(frame(event), None);
            drop(state);
            self.written.notify_one();
        }
    }

    /// Sends a YIELD once there is room, and keeps it until it is confirmed.
    pub(crate) async fn yields(&self, assignation: &AssignationId, event: &FromAgent) {
        let frame = frame(event);
        loop {
            // Made before looking, so that room made in between is not missed.
            let room = self.room.notified();
            {
                let mut state = self.lock();
                if state.outbox.waiting() < QUEUE && state.retained_bytes < RETAINED_BYTES {
                    state.keep(assignation, frame, false);
                    break;
                }
            }
            room.await;
        }
        self.written.notify_one();
    }

    /// The gate: ends a running assignation with this terminal event. False, and nothing is sent, if it has ended
    /// already.
    pub(crate) fn end(&self, event: &FromAgent) -> bool {
        let ended = event.assignation().is_some_and(|id| self.lock().end(id, event));
        if ended {
            self.written.notify_one();
            self.settled.notify_waiters();
        }
        ended
    }

    /// Ends an assignation that never ran here: refused at once, unknown interface, malformed.
    pub(crate) fn end_unrun(&self, event: &FromAgent) {
        let Some(assignation) = event.assignation() else { return };
        let mut state = self.lock();
        if state.knows(assignation) {
            return;
        }
        let id = AssignationId::from(assignation);
        state.entries.insert(Arc::clone(&id), Entry::ended());
        state.keep(&id, frame(event), true);
        drop(state);
        self.written.notify_one();
    }

    /// Cancels an assignation. An id that never ran here is answered with CANCELLED; one that has ended is not
    /// answered again (protocol, section 4).
    pub(crate) fn cancel(&self, assignation: &str) {
        let running = {
            let state = self.lock();
            match state.entries.get(assignation).map(|entry| &entry.phase) {
                Some(Phase::Running(cancel)) => Some(Arc::clone(cancel)),
                Some(Phase::Ended) => return,
                None => None,
            }
        };
        match running {
            // Kept for a task that does not wait for it yet.
            Some(cancel) => cancel.notify_one(),
            None => self.end_unrun(&FromAgent::Cancelled { assignation: assignation.to_owned() }),
        }
    }

    /// Cancels everything that runs.
    pub(crate) fn cancel_all(&self) {
        for entry in self.lock().entries.values() {
            if let Phase::Running(cancel) = &entry.phase {
                cancel.notify_one();
            }
        }
    }

    /// Refuses new assignations from now on.
    pub(crate) fn drain(&self) {
        self.lock().draining = true;
        self.settled.notify_waiters();
    }

    /// How many assignations run.
    pub(crate) fn running(&self) -> usize {
        self.lock().running
    }

    /// How many assignations run, or have events that are not confirmed.
    pub(crate) fn open(&self) -> usize {
        self.lock().entries.len()
    }

    /// Whether nothing runs and nothing is left to be confirmed.
    pub(crate) fn is_empty(&self) -> bool {
        self.lock().entries.is_empty()
    }

    /// Waits until something was written, ended or confirmed after this was called.
    pub(crate) fn changed(&self) -> impl Future<Output = ()> + '_ {
        self.settled.notified()
    }

    /// Waits until nothing runs any more.
    pub(crate) async fn idle(&self) {
        self.until(|state| state.running == 0).await;
    }

    /// Waits until every frame was handed to the socket.
    pub(crate) async fn flushed(&self) {
        self.until(|state| state.outbox.is_flushed()).await;
    }

    async fn until(&self, condition: impl Fn(&State) -> bool) {
        loop {
            // Made before looking, so that what settles in between is not missed.
            let settled = self.settled.notified();
            if condition(&self.lock()) {
                return;
            }
            settled.await;
        }
    }

    /// Asks the writer to answer a heartbeat before anything else, and takes it as the confirmation of all events
    /// that were written before the last answer.
    pub(crate) fn heartbeat(&self) {
        let mut state = self.lock();
        for (assignation, number) in state.outbox.heartbeat() {
            state.confirm(&assignation, number);
        }
        drop(state);
        self.written.notify_one();
        self.room.notify_waiters();
        self.settled.notify_waiters();
    }

    /// What the writer is to send next, in this order; waits for it. Called again, it takes what it gave before as
    /// handed to the socket.
    pub(crate) async fn next_batch(&self, batch: &mut Vec<Utf8Bytes>) {
        {
            let mut state = self.lock();
            state.outbox.landed();
            state.keep_bound();
        }
        self.settled.notify_waiters();
        loop {
            let written = self.written.notified();
            if self.lock().outbox.take(batch, || frame(&FromAgent::HeartbeatAnswer)) {
                break;
            }
            written.await;
            // Whoever is about to write too gets the chance, so that one flush serves many.
            tokio::task::yield_now().await;
        }
        self.room.notify_waiters();
    }

    /// The server has everything: it has answered our goodbye, which came after it.
    pub(crate) fn reported(&self) {
        let mut state = self.lock();
        state.entries.clear();
        state.retained_bytes = 0;
    }

    /// The connection is gone. Nothing is queued until the server has said what it asks about.
    pub(crate) fn disconnected(&self) {
        self.lock().outbox.close();
        self.room.notify_waiters();
        self.settled.notify_waiters();
    }

    /// The server has accepted the agent and asks about the assignations that it holds open. Running ones are
    /// reported as such, what is unconfirmed is sent again in order, what the server does not ask about is settled.
    /// Returns the ids that are not known here.
    pub(crate) fn connected(&self, inquiries: &[String]) -> UnknownInquiries {
        let mut state = self.lock();
        state.outbox.open();
        let asked: HashSet<&str> = inquiries.iter().map(String::as_str).collect();
        let absent: Vec<AssignationId> =
            state.entries.keys().filter(|id| !asked.contains(&***id)).map(Arc::clone).collect();
        for id in absent {
            state.settle(&id);
        }
        let mut unknown = UnknownInquiries::new();
        for inquiry in inquiries {
            if !state.replay(inquiry) {
                unknown.push(inquiry.clone());
            }
        }
        drop(state);
        self.written.notify_one();
        // What was settled has made room, and may have been the last of it.
        self.room.notify_waiters();
        self.settled.notify_waiters();
        unknown
    }
}

impl State {
    /// Queues a frame and keeps it until it is confirmed.
    fn keep(&mut self, id: &AssignationId, frame: Utf8Bytes, terminal: bool) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        if entry.forgotten || (!terminal && !entry.is_open()) {
            return;
        }
        let number = self.outbox.number();
        self.retained_bytes += frame.len();
        entry.retained.push_back(Retained { number, frame: frame.clone() });
        self.outbox.push(frame, Some((Arc::clone(id), number)));
    }

    fn end(&mut self, assignation: &str, event: &FromAgent) -> bool {
        let Some((id, entry)) = self.entries.get_key_value(assignation) else { return false };
        if matches!(entry.phase, Phase::Ended) {
            return false;
        }
        let (id, forgotten) = (Arc::clone(id), entry.forgotten);
        self.running -= 1;
        if forgotten {
            self.entries.remove(&id);
            self.remembered.insert(&id);
        } else {
            if let Some(entry) = self.entries.get_mut(&id) {
                entry.phase = Phase::Ended;
            }
            self.keep(&id, frame(event), true);
        }
        true
    }

    fn knows(&self, assignation: &str) -> bool {
        self.entries.contains_key(assignation) || self.remembered.contains(assignation)
    }

    /// The server has this event, and so all former ones of the assignation.
    fn confirm(&mut self, id: &AssignationId, number: u64) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        while let Some(retained) = entry.retained.pop_front_if(|retained| retained.number <= number) {
            self.retained_bytes -= retained.frame.len();
        }
        if entry.retained.is_empty() && matches!(entry.phase, Phase::Ended) {
            self.entries.remove(id);
            self.remembered.insert(id);
        }
    }

    /// The server does not hold this assignation open any more, so it has what it wants of it.
    fn settle(&mut self, id: &AssignationId) {
        self.confirm(id, u64::MAX);
        if let Some(entry) = self.entries.get_mut(id) {
            tracing::warn!(assignation = %id, "the server does not know this assignation any more; it runs on unheard");
            entry.forgotten = true;
        }
    }

    /// Keeps what is unconfirmed within its bound.
    fn keep_bound(&mut self) {
        while self.outbox.unconfirmed() > UNCONFIRMED || self.retained_bytes > RETAINED_BYTES {
            let Some((id, number)) = self.outbox.oldest_written() else { break };
            self.confirm(&id, number);
        }
    }

    /// Sends again what is unconfirmed of an assignation; false if it is not known.
    fn replay(&mut self, assignation: &str) -> bool {
        let Some((id, entry)) = self.entries.get_key_value(assignation) else { return false };
        let id = Arc::clone(id);
        if entry.is_open() {
            let event = FromAgent::Progress {
                assignation: assignation.to_owned(),
                progress: None,
                message: Some("Still running".to_owned()),
            };
            self.outbox.push(frame(&event), None);
        }
        for Retained { number, frame } in self.entries[&id].retained.iter() {
            self.outbox.push(frame.clone(), Some((Arc::clone(&id), *number)));
        }
        true
    }
}

impl Entry {
    fn ended() -> Self {
        Self { phase: Phase::Ended, retained: VecDeque::new(), forgotten: false }
    }

    fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Running(_)) && !self.forgotten
    }
}

/// The ids that were settled last.
#[derive(Debug, Default)]
struct Remembered {
    order: VecDeque<AssignationId>,
    ids: HashSet<AssignationId>,
}

impl Remembered {
    fn contains(&self, assignation: &str) -> bool {
        self.ids.contains(assignation)
    }

    fn insert(&mut self, id: &AssignationId) {
        if self.ids.insert(Arc::clone(id)) {
            self.order.push_back(Arc::clone(id));
        }
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
    }
}

fn frame(event: &FromAgent) -> Utf8Bytes {
    event.to_json(Uuid::new_v4()).into()
}

#[cfg(test)]
mod tests;
