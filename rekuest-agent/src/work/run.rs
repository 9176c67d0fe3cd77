//! Running an assignation: from its start to its one terminal event.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Arc, PoisonError};
use std::task::Poll;
use std::time::Duration;

use futures_util::future::BoxFuture;
use rekuest_core::task::capture::Capturing;
use rekuest_core::{Failure, Host, Invocation, Task};
use tracing::Span;

use super::Work;
use crate::table::Ending;

type Running = BoxFuture<'static, Result<(), Failure>>;

/// Runs an assignation that has been admitted and holds its lanes: its function, its cleanup, its end.
pub(crate) async fn run(work: Arc<Work>) {
    let mut run = Run { work, is_complete: false };
    let (returned, ending) = execute(&run.work).await;
    let work = &run.work;
    if !work.workshop.table.ends(work, returned, &ending).await && work.lingers() {
        tracing::debug!(interface = %work.interface(), assignation = %work.id, "its code has ended too");
    }
    run.is_complete = true;
}

/// Runs the function and its cleanup: what it returned, and how it ended. One that was cancelled before its turn is not
/// even begun.
async fn execute(work: &Arc<Work>) -> (Option<String>, Ending) {
    if work.is_over() {
        return (None, Ending::Cancelled);
    }
    let host: Arc<dyn Host> = Arc::clone(work) as Arc<dyn Host>;
    let invocation = Invocation::new(host);
    let task = invocation.task();
    let span = span(work);
    let _capturing = Capturing::of(&task);
    let turn = tokio::select! {
        turn = work.turn(&task) => Some(turn),
        () = work.control.over() => None,
    };
    let ending = match turn {
        None => Ending::Cancelled,
        Some(turn) => {
            // Making the future runs the function's code too.
            let (made, _) = inside(work, &task, &span, || work.provided.function.run(invocation));
            let ending = match made {
                Ok(running) => drive(work, &task, &span, running).await,
                Err(panicked) => panicked.into(),
            };
            turn.finish(&task);
            ending
        }
    };
    // What fails after it was cancelled leaves by that, and nobody waits for it.
    if let Ending::Error(error) | Ending::Critical(error) = &ending
        && !work.has_passed()
    {
        let _entered = span.enter();
        tracing::warn!(interface = %work.interface(), assignation = %work.id, "failed: {error}");
    }
    let returned = work.returned.lock().unwrap_or_else(PoisonError::into_inner).take();
    (returned.filter(|_| ending == Ending::Done), ending)
}

/// Code that runs. Its lanes are free once it is gone, also when its runtime is dropped under it: then nothing is started
/// in its place.
struct Run {
    work: Arc<Work>,
    is_complete: bool,
}

impl Drop for Run {
    fn drop(&mut self) {
        let workshop = &self.work.workshop;
        let ready = workshop.table.finished(&self.work);
        if self.is_complete {
            workshop.start(ready);
        }
    }
}

/// Polls the function until it ends or is to end; what is dropped then cleans up before it is reported.
async fn drive(work: &Work, task: &Task, span: &Span, mut running: Running) -> Ending {
    let mut over = pin!(work.control.over());
    let mut is_first = true;
    let ended = poll_fn(|context| {
        let (polled, kept) = inside(work, task, span, || running.as_mut().poll(context));
        if std::mem::take(&mut is_first) {
            work.provided.quickness.polled(matches!(polled, Ok(Poll::Ready(_))), kept);
        }
        // A function that has ended has ended, also when its cancellation came at the same time.
        match polled {
            Ok(Poll::Ready(ended)) => Poll::Ready(Some(ended)),
            Err(panicked) => Poll::Ready(Some(Err(panicked))),
            Ok(Poll::Pending) => over.as_mut().poll(context).map(|()| None),
        }
    })
    .await;
    let (dropped, _) = inside(work, task, span, || drop(running));
    match (ended, dropped) {
        (Some(Ok(())), _) => Ending::Done,
        (Some(Err(failure)), _) | (None, Err(failure)) => failure.into(),
        (None, Ok(())) => Ending::Cancelled,
    }
}

/// Runs some of the function's code: for its task, in its span, with panics caught. Also how long it kept its thread.
fn inside<T>(
    work: &Work,
    task: &Task,
    span: &Span,
    code: impl FnOnce() -> T,
) -> (Result<T, Failure>, Duration) {
    let _task = task.enter();
    let _span = span.enter();
    work.polling
        .watch(work, || catch_unwind(AssertUnwindSafe(code)).map_err(|payload| Failure::panicked(&*payload)))
}

fn span(work: &Work) -> Span {
    tracing::info_span!(
        target: "rekuest::assignation",
        "assignation",
        id = %work.id,
        interface = work.interface(),
        reference = work.assign.reference.as_deref(),
        caller = work.assign.user.as_deref(),
    )
}
