//! Background functions: they run for the life of the agent, and are started again when they fail.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rekuest_client::Backoff;
use rekuest_core::hook::{Background, OnFailure};
use rekuest_core::{Contexts, Execution, Stop};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::run;
use crate::error::AgentError;
use crate::workshop::Workshop;

/// The longest first wait before one that failed is started again, and the longest of all.
const RESTARTS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// After how long one that fails has run well: the next wait begins anew.
const RAN_WELL: Duration = Duration::from_secs(60);

/// How long those that block may take to notice the end.
const PATIENCE: Duration = Duration::from_secs(5);

/// Is told of a failure after which the agent is not to run.
pub(crate) type Failed = Arc<dyn Fn(AgentError) + Send + Sync>;

/// The background functions that run. Dropped, async ones are dropped, and those that block are told to stop.
#[derive(Debug)]
pub(crate) struct Backgrounds {
    /// Async ones, which are dropped at the end.
    dropped: JoinSet<()>,
    /// Those that block, which are waited for.
    waited: JoinSet<()>,
    stop: Stop,
}

impl Backgrounds {
    /// Starts them.
    pub(crate) fn start(
        workshop: &Arc<Workshop>,
        hooks: &[&'static Background],
        app: &Contexts,
        stop: &Stop,
        failed: &Failed,
    ) -> Self {
        let (mut dropped, mut waited) = (JoinSet::new(), JoinSet::new());
        for hook in hooks {
            let kind = match hook.about.execution {
                Execution::Async => &mut dropped,
                Execution::Blocking => &mut waited,
            };
            let supervisor = Supervisor {
                hook,
                workshop: Arc::clone(workshop),
                app: app.clone(),
                stop: stop.clone(),
                failed: Arc::clone(failed),
            };
            kind.spawn(supervisor.run());
        }
        Self { dropped, waited, stop: stop.clone() }
    }

    /// Ends them: those that block are waited for, for a while.
    pub(crate) async fn end(mut self) {
        self.stop.request();
        self.dropped.abort_all();
        let ended = async {
            while self.dropped.join_next().await.is_some() {}
            while self.waited.join_next().await.is_some() {}
        };
        if timeout(PATIENCE, ended).await.is_err() {
            tracing::warn!(
                "a background function does not end: one that blocks has to look at its `Stop`, one that is async has to \
                 await now and then; it is not waited for any longer"
            );
        }
    }
}

impl Drop for Backgrounds {
    fn drop(&mut self) {
        self.stop.request();
    }
}

/// Looks after one background function.
struct Supervisor {
    hook: &'static Background,
    workshop: Arc<Workshop>,
    app: Contexts,
    stop: Stop,
    failed: Failed,
}

impl Supervisor {
    async fn run(self) {
        let about = &self.hook.about;
        let mut backoff = Backoff::new(RESTARTS.0, RESTARTS.1);
        loop {
            tracing::debug!(hook = about.name, "running in the background");
            let begun = Instant::now();
            let (hook, app) = (self.hook.run, self.app.clone());
            let reason = match run(&self.workshop, about.execution, move || hook(app)).await {
                Ok(()) => return tracing::debug!(hook = about.name, "has ended in the background"),
                Err(reason) => reason,
            };
            if self.stop.is_requested() {
                return tracing::warn!(
                    hook = about.name,
                    "a background function failed at the end: {reason}"
                );
            }
            if self.hook.on_failure == OnFailure::Stop {
                tracing::error!(
                    hook = about.name,
                    "a background function failed, so the agent ends: {reason}"
                );
                let failed = AgentError::Background { name: about.name, location: about.location, reason };
                return (self.failed)(failed);
            }
            if begun.elapsed() >= RAN_WELL {
                backoff.reset();
            }
            let wait = backoff.next();
            tracing::error!(
                hook = about.name,
                ?wait,
                "a background function failed and is started again: {reason}"
            );
            tokio::select! {
                () = sleep(wait) => {}
                () = self.stop.requested() => return,
            }
        }
    }
}
