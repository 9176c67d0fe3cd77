//! Running one assignation: from the admitted ASSIGN to its one terminal event.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rekuest_core::invocation::Job;
use rekuest_core::message::{Assign, FromAgent};
use rekuest_core::{Contexts, Failure, Function, Host, Invocation, Registry};
use serde_json::value::RawValue;
use tokio::runtime::Handle;
use tokio::sync::Notify;

use crate::shelf::Drawers;
use crate::table::{Admission, AssignationId, Table};

/// What every assignation of an agent shares.
#[derive(Debug)]
pub(crate) struct Workshop {
    pub(crate) registry: Registry,
    pub(crate) contexts: Contexts,
    pub(crate) drawers: Arc<Drawers>,
    pub(crate) table: Table,
    /// Where blocking functions run. A runtime of its own, so that one that never returns cannot keep the process.
    pub(crate) blocking: Handle,
}

/// Takes in an ASSIGN: runs it, unless it runs already, the agent is about to end, or nobody has that function.
pub(crate) fn assign(workshop: &Arc<Workshop>, assign: Assign) {
    let refuse = |error: String| {
        workshop.table.end_unrun(&FromAgent::Critical { assignation: assign.assignation.clone(), error });
    };
    let Some(function) = workshop.registry.get(&assign.interface).cloned() else {
        tracing::warn!(interface = %assign.interface, assignation = %assign.assignation, "no such function here");
        return refuse(format!("this app has no function `{}`", assign.interface));
    };
    match workshop.table.admit(&assign.assignation) {
        Admission::Known => {
            tracing::debug!(assignation = %assign.assignation, "assigned again, it runs once");
        }
        Admission::Refused => refuse("the app is shutting down".to_owned()),
        Admission::Admitted(id, cancel) => {
            tokio::spawn(run(Arc::clone(workshop), function, id, cancel, assign));
        }
    }
}

async fn run(
    workshop: Arc<Workshop>,
    function: Function,
    id: AssignationId,
    cancel: Arc<Notify>,
    assign: Assign,
) {
    tracing::debug!(interface = %assign.interface, assignation = %id, "running");
    let assignation = assign.assignation;
    workshop.table.tell(&FromAgent::Progress {
        assignation: assignation.clone(),
        progress: Some(0),
        message: Some("Queued for running".to_owned()),
    });
    let host = Arc::new(WorkHost { workshop: Arc::clone(&workshop), id });
    let invocation = Invocation::new(assign.args, host);
    // Making the future runs generated code too, so that is done where a panic is caught.
    let mut running =
        Box::pin(AssertUnwindSafe(async move { function.run(invocation).await }).catch_unwind());
    let outcome = tokio::select! {
        // A function that has ended has ended, also when its cancellation came at the same time.
        biased;
        outcome = &mut running => Some(outcome),
        () = cancel.notified() => None,
    };
    // What was cancelled cleans up before it is reported; like everything of the function, that may panic.
    let dropped = std::panic::catch_unwind(AssertUnwindSafe(move || drop(running)));
    let ended = match (outcome, dropped) {
        (Some(Ok(Ok(()))), _) => FromAgent::Done { assignation },
        (Some(Ok(Err(failure))), _) => failed(assignation, failure),
        (Some(Err(payload)), _) | (None, Err(payload)) => failed(assignation, Failure::panicked(&*payload)),
        (None, Ok(())) => FromAgent::Cancelled { assignation },
    };
    if let FromAgent::Error { error, .. } | FromAgent::Critical { error, .. } = &ended {
        tracing::warn!(interface = %assign.interface, assignation = ended.assignation(), "failed: {error}");
    }
    workshop.table.end(&ended);
}

/// The terminal event of a failure (protocol, section 4).
fn failed(assignation: String, failure: Failure) -> FromAgent {
    let error = failure.to_string();
    match failure {
        Failure::Arguments(_) | Failure::Returns(_) => FromAgent::Error { assignation, error },
        _ => FromAgent::Critical { assignation, error },
    }
}

/// What one invocation reaches of its agent.
struct WorkHost {
    workshop: Arc<Workshop>,
    id: AssignationId,
}

impl Host for WorkHost {
    fn contexts(&self) -> &Contexts {
        &self.workshop.contexts
    }

    fn spawn_blocking(&self, job: Job) {
        // The pool's own runtime is never driven; what the function spawns or waits for belongs on the agent's.
        let agents = Handle::current();
        let job = move || {
            let _entered = agents.enter();
            job();
        };
        // It reports by itself.
        drop(self.workshop.blocking.spawn_blocking(job));
    }

    fn yields(&self, returns: Box<RawValue>) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let event = FromAgent::Yield { assignation: self.id.to_string(), returns: Some(returns) };
            self.workshop.table.yields(&self.id, &event).await;
        })
    }
}
