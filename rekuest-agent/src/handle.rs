//! Asking a running agent to stop, waiting until it serves, seeing how it is doing.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use rekuest_core::{State, StateType};
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use crate::error::AgentError;
use crate::shelf::Drawer;
use crate::status::{AgentPhase, AgentStatus};
use crate::workshop::Workshop;

/// How urgently an agent was asked to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Urgency {
    /// Nobody asked for it.
    No,
    /// Running work may finish, new work is refused.
    Drain,
    /// At once.
    Now,
}

/// Talks to a running agent. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AgentHandle {
    pub(crate) stop: watch::Sender<Urgency>,
    pub(crate) ready: watch::Sender<bool>,
    /// Whether the server has accepted the agent on this connection, also while it is ending.
    pub(crate) accepted: watch::Sender<bool>,
    /// Whether the agent has ended.
    pub(crate) ended: watch::Sender<bool>,
    /// Whether a websocket is open, from before REGISTER until after the goodbye.
    pub(crate) online: watch::Sender<bool>,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    workshop: Arc<Workshop>,
    phase: Mutex<AgentPhase>,
    left_out: Mutex<Vec<(String, String)>>,
    /// When the agent was asked to end.
    asked: OnceLock<Instant>,
    /// The server has sent the agent away, and why if it said.
    kicked: Mutex<Option<Option<String>>>,
    /// A background function has failed without which the agent is not to run.
    failed: Mutex<Option<AgentError>>,
}

impl AgentHandle {
    pub(crate) fn new(workshop: Arc<Workshop>) -> Self {
        Self {
            stop: watch::Sender::new(Urgency::No),
            ready: watch::Sender::new(false),
            accepted: watch::Sender::new(false),
            ended: watch::Sender::new(false),
            online: watch::Sender::new(false),
            shared: Arc::new(Shared {
                workshop,
                phase: Mutex::default(),
                left_out: Mutex::default(),
                asked: OnceLock::new(),
                kicked: Mutex::default(),
                failed: Mutex::default(),
            }),
        }
    }

    /// Asks the agent to end: running work may finish within the drain time, new work is refused, then the connection
    /// is closed. Asked a second time, it ends at once.
    pub fn shutdown(&self) {
        self.stop
            .send_modify(|stop| *stop = if *stop == Urgency::No { Urgency::Drain } else { Urgency::Now });
    }

    /// Asks the agent to end at once: running work is cancelled.
    pub fn shutdown_now(&self) {
        self.stop.send_replace(Urgency::Now);
    }

    /// Calls can come, or no more of them: the connection is gone, or the agent is about to end.
    pub(crate) fn is_ready_now(&self, accepted: bool) {
        self.accepted.send_replace(accepted);
        self.ready.send_replace(accepted && *self.stop.borrow() == Urgency::No);
    }

    /// Waits until the server has accepted the agent on this connection, also while it is ending.
    pub(crate) async fn until_accepted(&self) {
        // The sender is this handle's own, so the channel cannot be closed.
        let _ = self.accepted.subscribe().wait_for(|accepted| *accepted).await;
    }

    /// Waits until the server has accepted the agent and calls can come. Returns true at once while that is so, and false
    /// if the agent has ended instead: what [`run`](crate::Agent::run) returned says why.
    pub async fn ready(&self) -> bool {
        // The senders are this handle's own, so the channels cannot be closed.
        let (mut ready, mut ended) = (self.ready.subscribe(), self.ended.subscribe());
        tokio::select! {
            biased;
            _ = ready.wait_for(|ready| *ready) => true,
            _ = ended.wait_for(|ended| *ended) => false,
        }
    }

    /// Whether calls can come: the server has accepted the agent, the connection is up, and the agent was not asked to
    /// end.
    pub fn is_ready(&self) -> bool {
        *self.ready.borrow()
    }

    /// Follows whether calls can come.
    pub fn watch_ready(&self) -> watch::Receiver<bool> {
        self.ready.subscribe()
    }

    /// How the agent is doing.
    pub fn status(&self) -> AgentStatus {
        let workshop = &self.shared.workshop;
        let counts = workshop.table.counts();
        let (done, failed, cancelled, connections) = workshop.totals.read();
        let phase = *lock(&self.shared.phase);
        let asked_to_end = *self.stop.borrow() != Urgency::No && phase != AgentPhase::Stopped;
        AgentStatus {
            phase: if asked_to_end { AgentPhase::Draining } else { phase },
            functions: workshop.functions(),
            left_out: lock(&self.shared.left_out).clone(),
            running: counts.running,
            queued: counts.queued,
            lingering: counts.lingering,
            done,
            failed,
            cancelled,
            events_waiting: counts.waiting_events,
            events_kept: counts.kept_events,
            bytes_kept: counts.kept_bytes,
            logs_dropped: counts.dropped_logs,
            connections,
        }
    }

    /// What is kept in memory, oldest first.
    pub fn shelf(&self) -> Vec<Drawer> {
        self.shared.workshop.drawers.list()
    }

    /// The app's shared value of this type; none before its startup functions have made it.
    pub fn context<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.shared.workshop.shared()?.get()
    }

    /// The app's state of this type; none before its startup functions have made it.
    pub fn state<T: StateType>(&self) -> Option<State<T>> {
        self.shared.workshop.shared()?.state()
    }

    /// Waits until running work has had so long to finish since the agent was first seen to be asked to end: over several
    /// connections too.
    pub(crate) async fn drained(&self, drain: Duration) {
        let asked = *self.shared.asked.get_or_init(Instant::now);
        sleep(drain.saturating_sub(asked.elapsed())).await;
    }

    pub(crate) fn is_now(&self, phase: AgentPhase) {
        *lock(&self.shared.phase) = phase;
    }

    pub(crate) fn leaves_out(&self, refused: Vec<(String, String)>) {
        *lock(&self.shared.left_out) = refused;
    }

    /// The server has sent the agent away: running work may finish.
    pub(crate) fn is_kicked(&self, reason: Option<String>) {
        *lock(&self.shared.kicked) = Some(reason);
        self.stop.send_modify(|stop| *stop = (*stop).max(Urgency::Drain));
    }

    /// A background function has failed without which the agent is not to run: running work may finish.
    pub(crate) fn has_failed(&self, error: AgentError) {
        lock(&self.shared.failed).get_or_insert(error);
        self.stop.send_modify(|stop| *stop = (*stop).max(Urgency::Drain));
    }

    /// Why the agent is to end, if a background function has failed.
    pub(crate) fn failure(&self) -> Option<AgentError> {
        lock(&self.shared.failed).take()
    }

    /// Whether the server has sent the agent away, and why if it said.
    pub(crate) fn kicked(&self) -> Option<Option<String>> {
        lock(&self.shared.kicked).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // What is in them is replaced as a whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
