//! The one table that knows every assignation of this agent: waiting, running, and ended ones for a while.
//!
//! Three rules live here. An id runs once: an ASSIGN of one that is known is dropped. It ends once: terminal events pass
//! one [`gate`], which lets exactly one through. And nothing that counts is lost within a bound: YIELDs and
//! terminal events stay in the [`outbox`] until a heartbeat confirms them (protocol, section 4), and are sent again
//! after a reconnect when the server asks for the assignation.

mod batch;
mod control;
mod ending;
mod entry;
mod gate;
mod lanes;
mod leaving;
mod outbox;
mod pacer;
mod reconnect;
#[cfg(test)]
mod tests;
mod unheard;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use rekuest_core::message::{Capabilities, Event as Says, FromAgent, LogLevel};
use tokio::sync::Notify;
use tokio::time::sleep_until;
use uuid::Uuid;

pub(crate) use batch::Batch;
pub(crate) use ending::Ending;
pub(crate) use lanes::{LaneId, Lanes};
pub(crate) use outbox::Kind;

use crate::settings::{Pace, Settings};
use crate::work::Work;
use entry::{Entry, Phase};
use outbox::{Event, Outbox, Taken};

/// The id of an assignation.
pub(crate) type AssignationId = Arc<str>;

/// How many ended assignations are remembered beyond those with events to be confirmed, so that an ASSIGN that is
/// delivered late and twice does not run again.
const REMEMBERED: usize = 8_192;

/// Every assignation that the agent knows.
#[derive(Debug)]
pub(crate) struct Table {
    state: Mutex<State>,
    /// Something is there to write.
    written: Notify,
    /// The writer has made room.
    room: Notify,
    /// An assignation has ended, or all frames were handed to the socket.
    settled: Notify,
    /// How much is kept of what is not confirmed, and for how long.
    retention: (usize, Duration),
    max_message: usize,
    pace: Pace,
}

#[derive(Debug)]
struct State {
    /// The ids come from the server that the agent trusts anyhow, so that a fast hash will do.
    entries: HashMap<AssignationId, Entry, foldhash::fast::RandomState>,
    /// The ended ones among them, oldest first.
    ended: VecDeque<AssignationId>,
    /// Runs on for a server that has lost its data, and under ids that it may use again.
    unheard: Vec<Arc<Work>>,
    outbox: Outbox,
    lanes: Lanes,
    /// How many have not ended, queued ones among them.
    open: usize,
    queued: usize,
    /// How many have ended for their caller while their code runs on.
    lingering: usize,
    dropped_logs: u64,
    /// Whether new assignations are refused.
    draining: bool,
    capabilities: Capabilities,
}

/// What becomes of an ASSIGN.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// It is to be started.
    Starts,
    /// It waits for others to end.
    Queued,
    /// It is known: running already, or ended. There is nothing to do.
    Known,
    /// The agent is about to end.
    Refused,
}

/// Numbers about the table.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) running: usize,
    pub(crate) queued: usize,
    pub(crate) lingering: usize,
    pub(crate) waiting_events: usize,
    pub(crate) kept_events: usize,
    pub(crate) kept_bytes: usize,
    pub(crate) dropped_logs: u64,
}

/// Assignations that waited and are to be started now.
pub(crate) type Ready = Vec<Arc<Work>>;

impl Table {
    pub(crate) fn new(settings: &Settings, lanes: Lanes) -> Self {
        Self {
            state: Mutex::new(State {
                entries: HashMap::default(),
                ended: VecDeque::new(),
                unheard: Vec::new(),
                outbox: Outbox::new(),
                lanes,
                open: 0,
                queued: 0,
                lingering: 0,
                dropped_logs: 0,
                draining: false,
                capabilities: Capabilities::default(),
            }),
            written: Notify::new(),
            room: Notify::new(),
            settled: Notify::new(),
            retention: settings.retention,
            max_message: settings.max_message,
            pace: settings.pace,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can panic between two states; what a poisoned one holds is sound.
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes in an ASSIGN.
    pub(crate) fn admit(&self, work: &Arc<Work>) -> Admission {
        let starts = starting(work.id());
        let mut guard = self.lock();
        let state = &mut *guard;
        if state.entries.contains_key(work.id()) {
            return Admission::Known;
        }
        if state.draining {
            return Admission::Refused;
        }
        state.open += 1;
        if let Some(caller) = work.waited_for_by().find_map(|id| state.running(id)) {
            work.is_called_by(caller);
        }
        let admission = if state.lanes.enter(work) { Admission::Starts } else { Admission::Queued };
        let (phase, text) = match admission {
            Admission::Starts => (Phase::Running(Arc::clone(work)), starts),
            _ => {
                state.queued += 1;
                (Phase::Queued(Arc::clone(work)), progress(work.id(), "Queued"))
            }
        };
        state.entries.insert(work.id().clone(), Entry::new(phase));
        state.tell(work.id(), Kind::Progress, text);
        drop(guard);
        self.written.notify_one();
        admission
    }

    /// Sends an event that may be lost with the connection: PROGRESS, LOG, PAUSED and the like.
    pub(crate) fn tell(&self, work: &Work, kind: Kind, text: String) {
        let mut state = self.lock();
        if state.is_listed(work) {
            state.tell(work.id(), kind, text);
        }
        drop(state);
        self.written.notify_one();
    }

    /// Sends a YIELD once there is room, and keeps it until it is confirmed. Not once the assignation is over.
    pub(crate) async fn yields(&self, work: &Work, text: String) {
        self.when_there_is_room(work, |state| state.keep(work.id(), Kind::Yield, text)).await;
        self.written.notify_one();
    }

    /// Ends a running assignation; before it goes out what it returned, once there is room. It is cancelled if that is
    /// asked for while it waits for room. False, and nothing is sent, if it has ended already.
    pub(crate) async fn ends(&self, work: &Work, returned: Option<String>, ending: &Ending) -> bool {
        let text = ending.text(work.id());
        let ended = match returned {
            None => self.lock().end_work(work, ending, text),
            Some(returned) => {
                let end = |state: &mut State| {
                    state.keep(work.id(), Kind::Yield, returned);
                    state.end(work.id(), ending, Kind::End, text)
                };
                let ended = self.when_there_is_room(work, end).await;
                let cancelled = Ending::Cancelled;
                ended.unwrap_or_else(|| self.lock().end_work(work, &cancelled, cancelled.text(work.id())))
            }
        };
        self.written.notify_one();
        self.settled.notify_waiters();
        ended
    }

    /// The same without waiting: what it returned is given back where there is no room for it.
    pub(crate) fn ends_at_once(
        &self,
        work: &Work,
        returned: Option<String>,
        ending: &Ending,
    ) -> Result<(), String> {
        let text = ending.text(work.id());
        let mut state = self.lock();
        if let Some(returned) = returned.filter(|_| state.is_listed(work)) {
            if !state.outbox.has_room(self.retention.0) {
                return Err(returned);
            }
            state.keep(work.id(), Kind::Yield, returned);
        }
        state.end_work(work, ending, text);
        drop(state);
        self.written.notify_one();
        self.settled.notify_waiters();
        Ok(())
    }

    /// Does something with an open assignation once there is room for a YIELD; nothing once it is over and there is none.
    async fn when_there_is_room<T>(&self, work: &Work, act: impl FnOnce(&mut State) -> T) -> Option<T> {
        loop {
            // Made before looking, so that room made in between is not missed.
            let room = self.room.notified();
            {
                let mut state = self.lock();
                if !state.is_listed(work) {
                    return None;
                }
                if state.outbox.has_room(self.retention.0) {
                    return Some(act(&mut state));
                }
            }
            if work.is_over() {
                return None;
            }
            tokio::select! {
                () = room => {}
                () = work.over() => {}
            }
        }
    }

    /// Ends an assignation that never ran here: refused at once, unknown interface, malformed.
    pub(crate) fn end_unrun(&self, assignation: &str, ending: &Ending) {
        self.lock().end_unrun(assignation, ending);
        self.written.notify_one();
    }

    /// The code of an assignation is gone, its lanes are free. Returns what is to be started in its place.
    pub(crate) fn finished(&self, work: &Work) -> Ready {
        let mut ready = Ready::new();
        // What ended well and held nothing, nor was lent anything, has left nothing to do.
        let holds = !work.lanes().is_empty() || work.lender().is_some();
        if !work.has_passed() || holds || work.lingers() {
            let mut state = self.lock();
            if work.lingers() {
                state.lingering -= 1;
            }
            if !work.has_passed() {
                let ending = Ending::Cancelled;
                state.end_work(work, &ending, ending.text(work.id()));
            }
            state.leave(work, &mut ready);
            state.start(&ready);
            drop(state);
            self.written.notify_one();
            self.settled.notify_waiters();
        }
        ready
    }

    /// The running assignations of which this says that they have been polled for longer than that.
    pub(crate) fn polled_longer_than(
        &self,
        polled_for: impl Fn(&Work) -> Option<Duration>,
        than: Duration,
    ) -> Vec<(Arc<Work>, Duration)> {
        let state = self.lock();
        let running = state.entries.values().filter_map(|entry| match &entry.phase {
            Phase::Running(work) => Some(work),
            _ => None,
        });
        let polled =
            running.chain(&state.unheard).filter_map(|work| Some((Arc::clone(work), polled_for(work)?)));
        polled.filter(|(_, polled)| *polled > than).collect()
    }

    /// Refuses new assignations from now on.
    pub(crate) fn drain(&self) {
        self.lock().draining = true;
        self.settled.notify_waiters();
    }

    /// Whether this assignation is known here and has not ended.
    pub(crate) fn is_open(&self, assignation: &str) -> bool {
        self.lock().entries.get(assignation).is_some_and(Entry::is_open)
    }

    /// How many assignations run or wait to.
    pub(crate) fn open(&self) -> usize {
        self.lock().open
    }

    /// How many assignations are open, or have events that are not confirmed.
    pub(crate) fn unreported(&self) -> usize {
        let state = self.lock();
        let kept: std::collections::HashSet<&AssignationId> = state.outbox.kept_ids().collect();
        let ended = kept.into_iter().filter(|id| !state.entries.get(*id).is_some_and(Entry::is_open)).count();
        state.open - state.unheard.len() + ended
    }

    /// Whether nothing runs and nothing is left to be confirmed.
    pub(crate) fn is_empty(&self) -> bool {
        let state = self.lock();
        state.open == 0 && state.outbox.is_empty()
    }

    pub(crate) fn counts(&self) -> Counts {
        let state = self.lock();
        let (kept_events, kept_bytes) = state.outbox.kept();
        Counts {
            running: state.open - state.queued,
            queued: state.queued,
            lingering: state.lingering,
            waiting_events: state.outbox.waiting(),
            kept_events,
            kept_bytes,
            dropped_logs: state.dropped_logs,
        }
    }

    /// Waits until something was written, ended or confirmed after this was called.
    pub(crate) fn changed(&self) -> impl Future<Output = ()> + '_ {
        self.settled.notified()
    }

    /// Waits until nothing runs any more.
    pub(crate) async fn idle(&self) {
        self.until(|state| state.open == 0).await;
    }

    /// Waits until nothing runs any more, also of what has ended for its caller before.
    pub(crate) async fn quiet(&self) {
        self.until(|state| state.open == 0 && state.lingering == 0).await;
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
        let confirmed = self.lock().outbox.heartbeat(Instant::now());
        // There can be many: dropped without the lock.
        drop(confirmed);
        self.written.notify_one();
        self.settled.notify_waiters();
    }

    /// What the writer is to send next, in this order; waits for it. Called again, it takes what it gave before as
    /// handed to the socket.
    pub(crate) async fn next_batch(&self, batch: &mut Batch) {
        let (bytes, age) = self.retention;
        let gave_up = {
            let mut state = self.lock();
            state.outbox.landed();
            state.give_up(bytes, self.max_message, age)
        };
        if gave_up {
            tracing::warn!(
                bytes,
                ?age,
                "more events are unconfirmed than are kept, so the oldest count as delivered: \
                 if the connection breaks now they may be missing"
            );
        }
        self.settled.notify_waiters();
        loop {
            let written = self.written.notified();
            let answer = || FromAgent::HeartbeatAnswer.to_json(Uuid::new_v4());
            let taken = self.lock().outbox.take(batch, answer, Instant::now());
            match taken {
                Taken::Something => break,
                Taken::Nothing => {
                    written.await;
                    // Whoever is about to write too gets the chance, so that one flush serves many.
                    if self.lock().is_something_running() {
                        tokio::task::yield_now().await;
                    }
                }
                Taken::NotBefore(time) => tokio::select! {
                    () = written => {}
                    () = sleep_until(time.into()) => {}
                },
            }
        }
        self.room.notify_waiters();
    }

    /// What was taken to be written has arrived: there is no server that would have to say so.
    pub(crate) fn delivered(&self) {
        self.lock().outbox.delivered();
    }

    /// The server has everything: it has answered our goodbye, which came after it.
    pub(crate) fn reported(&self) {
        self.lock().outbox.clear();
    }
}

impl State {
    /// Keeps what is unconfirmed within its bound. True if that is to be said.
    fn give_up(&mut self, bytes: usize, large: usize, age: Duration) -> bool {
        let gave_up = self.outbox.keep_bound(bytes, large, age, Instant::now());
        for id in &gave_up {
            if let Some(entry) = self.entries.get_mut(id) {
                entry.incomplete = true;
            }
        }
        !gave_up.is_empty() && self.outbox.complains()
    }

    fn is_something_running(&self) -> bool {
        self.open > self.queued
    }
}

fn event(id: &AssignationId, kind: Kind, text: String) -> Event {
    Event::new(AssignationId::clone(id), kind, text, Instant::now())
}

/// The first thing that is said of an assignation that runs.
fn starting(id: &str) -> String {
    progress(id, "Running")
}

fn progress(id: &str, message: &str) -> String {
    Says::Progress { progress: Some(0), message: Some(message) }.to_json(Uuid::new_v4(), id)
}

fn warning(id: &str, message: &str) -> String {
    Says::Log { level: LogLevel::Warn, message }.to_json(Uuid::new_v4(), id)
}
