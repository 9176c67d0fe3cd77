//! Asking a running agent to stop, and waiting until it serves.

use tokio::sync::watch;

/// How far the end of an agent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stop {
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
    pub(crate) stop: watch::Sender<Stop>,
    pub(crate) ready: watch::Sender<bool>,
    /// Whether a websocket is open, from before REGISTER until after the goodbye.
    pub(crate) online: watch::Sender<bool>,
}

impl AgentHandle {
    pub(crate) fn new() -> Self {
        Self {
            stop: watch::Sender::new(Stop::No),
            ready: watch::Sender::new(false),
            online: watch::Sender::new(false),
        }
    }

    /// Asks the agent to end: running work may finish within the drain time, new work is refused, then the connection
    /// is closed. Asked a second time, it ends at once.
    pub fn shutdown(&self) {
        self.stop.send_modify(|stop| *stop = if *stop == Stop::No { Stop::Drain } else { Stop::Now });
    }

    /// Asks the agent to end at once: running work is cancelled.
    pub fn shutdown_now(&self) {
        self.stop.send_replace(Stop::Now);
    }

    /// Waits until the server has accepted the agent and calls can come. Returns at once while that is so.
    pub async fn ready(&self) {
        // The sender is this handle's own, so the channel cannot be closed.
        let _ = self.ready.subscribe().wait_for(|ready| *ready).await;
    }

    /// Whether the server has accepted the agent and the connection is up.
    pub fn is_ready(&self) -> bool {
        *self.ready.borrow()
    }
}
