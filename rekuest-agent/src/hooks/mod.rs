//! Runs the hooks of an app: at its start, all along, at its end.

mod background;
mod shutdown;
mod startup;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rekuest_core::{Execution, Failure};
use tokio::sync::oneshot;
use tokio::time::timeout;

pub(crate) use background::{Backgrounds, Failed};
pub(crate) use shutdown::shut_down;
pub(crate) use startup::start_up;

use crate::workshop::Workshop;

/// Runs a hook where it belongs: an async one here, one that may block on a thread. Dropped, an async one is dropped, and
/// one that blocks goes on by itself.
async fn run<T: Send + 'static>(
    workshop: &Arc<Workshop>,
    execution: Execution,
    hook: impl FnOnce() -> BoxFuture<'static, Result<T, String>> + Send + 'static,
) -> Result<T, String> {
    // Making the future runs the code of a hook too.
    let running = AssertUnwindSafe(async move { hook().await }).catch_unwind();
    let running =
        async move { running.await.unwrap_or_else(|payload| Err(Failure::panicked(&*payload).to_string())) };
    match execution {
        Execution::Async => running.await,
        Execution::Blocking => {
            let (sender, ended) = oneshot::channel();
            let runtime = workshop.runtime().clone();
            workshop.blocking.run(Box::new(move || {
                // What the hook spawns or waits for belongs on the agent's runtime.
                let _entered = runtime.enter();
                // Whoever waited may be gone.
                let _ = sender.send(pollster::block_on(running));
            }));
            ended.await.unwrap_or_else(|_| Err("the agent ended before it began".to_owned()))
        }
    }
}

/// The same within a time.
async fn run_within<T: Send + 'static>(
    workshop: &Arc<Workshop>,
    execution: Execution,
    longest: Duration,
    hook: impl FnOnce() -> BoxFuture<'static, Result<T, String>> + Send + 'static,
) -> Result<T, String> {
    match timeout(longest, run(workshop, execution, hook)).await {
        Ok(ended) => ended,
        Err(_) => Err(format!("it did not end within {longest:?}")),
    }
}
