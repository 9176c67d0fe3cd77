//! SIGINT, SIGTERM and Ctrl-C.

use crate::AgentHandle;

/// The signals that ask a process to end, received from the moment this is made: one that comes before there is an
/// agent to end is kept.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    /// Receives them from now on.
    ///
    /// # Errors
    /// When the operating system does not allow it.
    #[cfg(unix)]
    pub fn receive() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Receives them from now on.
    ///
    /// # Errors
    /// When the operating system does not allow it.
    #[cfg(not(unix))]
    pub fn receive() -> std::io::Result<Self> {
        Ok(Self {})
    }

    /// Shuts the agent down when the process is asked to end: the first signal lets running work finish, the second
    /// ends at once. Runs until it is dropped.
    pub async fn shut_down(mut self, handle: AgentHandle) {
        while self.next().await {
            tracing::info!("asked to end: running work may finish, a second signal ends at once");
            handle.shutdown();
        }
        tracing::warn!("signals cannot be received any more, so only a kill ends this agent");
    }

    /// Waits for the next one; false if none can come any more.
    #[cfg(unix)]
    pub async fn next(&mut self) -> bool {
        tokio::select! {
            received = self.terminate.recv() => received.is_some(),
            received = self.interrupt.recv() => received.is_some(),
        }
    }

    /// Waits for the next one; false if none can come any more.
    #[cfg(not(unix))]
    pub async fn next(&mut self) -> bool {
        tokio::signal::ctrl_c().await.is_ok()
    }
}
