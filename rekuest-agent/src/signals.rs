//! SIGINT, SIGTERM and Ctrl-C.

use crate::AgentHandle;

/// Shuts the agent down when the process is asked to end: the first signal lets running work finish, the second ends
/// at once. Runs until the returned task is aborted.
pub fn shutdown_on_signals(handle: AgentHandle) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            if let Err(error) = asked_to_end().await {
                tracing::warn!("signals cannot be received, so only a kill ends this agent: {error}");
                return;
            }
            tracing::info!("asked to end: running work may finish, a second signal ends at once");
            handle.shutdown();
        }
    })
}

#[cfg(unix)]
async fn asked_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        _ = interrupt.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn asked_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
