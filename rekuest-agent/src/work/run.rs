//! Running an assignation: from its start to its one terminal event.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Waker};

use futures_util::future::BoxFuture;
use rekuest_core::task::capture::Capturing;
use rekuest_core::{Failure, Host, Invocation, Task};
use tracing::Span;

use super::Work;
use crate::table::Ending;

type Running = BoxFuture<'static, Result<(), Failure>>;

/// Runs an assignation that has been admitted and holds its lanes: its function, its cleanup, its end. One that was
/// cancelled before its turn is not even begun.
pub(crate) async fn run(work: Arc<Work>) {
    let stage = Stage::new(work);
    let ending = stage.play().await;
    let returned = stage.returned(&ending);
    stage.finish(returned, ending).await;
}

/// Begins an assignation without making a task of it: what is left then is to be run by one. None if it has ended.
pub(crate) fn begin(work: Arc<Work>) -> Option<BoxFuture<'static, ()>> {
    if work.workshop.printed.is_some() || work.is_over() {
        return Some(Box::pin(run(work)));
    }
    let mut stage = Stage::new(work);
    let ended = match stage.made() {
        Err(panicked) => Err(panicked),
        Ok(mut running) => {
            // Whoever takes it over looks again, so nobody has to be woken for it before.
            let context = &mut Context::from_waker(Waker::noop());
            match stage.polled_first(&mut running, context) {
                Poll::Ready(ended) => {
                    // What it leaves behind may panic; it has ended all the same.
                    let _dropped = stage.inside(|| drop(running));
                    ended
                }
                Poll::Pending => {
                    return Some(Box::pin(async move {
                        let ending = stage.drive(running, false).await;
                        let returned = stage.returned(&ending);
                        stage.finish(returned, ending).await;
                    }));
                }
            }
        }
    };
    let ending = ended.map_or_else(Ending::from, |()| Ending::Done);
    let returned = stage.returned(&ending);
    match stage.work.workshop.table.ends_at_once(&stage.work, returned, &ending) {
        Ok(()) => {
            stage.is_complete = true;
            None
        }
        Err(returned) => Some(Box::pin(stage.finish(Some(returned), ending))),
    }
}

/// The code of one assignation, and what it runs in. Its lanes are free once this is gone, also when its runtime is
/// dropped under it: then nothing is started in its place.
struct Stage {
    work: Arc<Work>,
    task: Task,
    span: Span,
    _capturing: Option<Capturing>,
    is_complete: bool,
}

impl Drop for Stage {
    fn drop(&mut self) {
        let workshop = &self.work.workshop;
        let ready = workshop.table.finished(&self.work);
        if self.is_complete || std::thread::panicking() {
            workshop.start(ready);
        }
    }
}

impl Stage {
    fn new(work: Arc<Work>) -> Self {
        let task = invocation(&work).task();
        let span = span(&work);
        let _capturing = Capturing::of(&task);
        Self { work, task, span, _capturing, is_complete: false }
    }

    /// Waits for its turn, and runs the function.
    async fn play(&self) -> Ending {
        let turn = tokio::select! {
            biased;
            () = self.work.control.over() => return Ending::Cancelled,
            turn = self.work.turn(&self.task) => turn,
        };
        let ending = match self.made() {
            Ok(running) => self.drive(running, true).await,
            Err(panicked) => panicked.into(),
        };
        turn.finish(&self.task);
        ending
    }

    /// The future of the function. Making it runs the function's code too.
    fn made(&self) -> Result<Running, Failure> {
        self.inside(|| self.work.provided.function.run(invocation(&self.work)))
    }

    /// Polls the function for the first time, which says how quick it is.
    fn polled_first(&self, running: &mut Running, context: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        let (polled, kept) =
            self.work.polling.watch(&self.work, || self.inside(|| running.as_mut().poll(context)));
        self.work.provided.quickness.polled(matches!(polled, Ok(Poll::Ready(_))), kept);
        polled.unwrap_or_else(|panicked| Poll::Ready(Err(panicked)))
    }

    /// Polls the function, for the first time or on, until it ends or is to end; what is dropped then cleans up before it is reported.
    async fn drive(&self, mut running: Running, mut is_first: bool) -> Ending {
        let mut over = pin!(self.work.control.over());
        let ended = poll_fn(|context| {
            // Looked at first: what the function waits for may end because of its cancellation too, and it is not to go
            // on.
            if self.work.is_over() {
                return Poll::Ready(None);
            }
            let polled = if std::mem::take(&mut is_first) {
                self.polled_first(&mut running, context)
            } else {
                let watched = || self.inside(|| running.as_mut().poll(context));
                let (polled, _) = self.work.polling.watch(&self.work, watched);
                polled.unwrap_or_else(|panicked| Poll::Ready(Err(panicked)))
            };
            match polled {
                Poll::Ready(ended) => Poll::Ready(Some(ended)),
                Poll::Pending => over.as_mut().poll(context).map(|()| None),
            }
        })
        .await;
        let dropped = self.work.polling.watch(&self.work, || self.inside(|| drop(running))).0;
        match (ended, dropped) {
            (Some(Ok(())), _) => Ending::Done,
            // It saw that it is cancelled, and left by `?`.
            (Some(Err(Failure::Failed(_))), _) if self.work.is_over() => Ending::Cancelled,
            (Some(Err(failure)), _) | (None, Err(failure)) => failure.into(),
            (None, Ok(())) => Ending::Cancelled,
        }
    }

    /// What it has returned, if it has ended well; it is logged if it has not.
    fn returned(&self, ending: &Ending) -> Option<String> {
        // What fails after it was cancelled leaves by that, and nobody waits for it.
        if let Ending::Error(error) | Ending::Critical(error) = ending
            && !self.work.has_passed()
        {
            let _entered = self.span.enter();
            tracing::warn!(interface = %self.work.interface(), assignation = %self.work.id, "failed: {error}");
        }
        let returned = self.work.returned.lock().unwrap_or_else(PoisonError::into_inner).take();
        returned.filter(|_| *ending == Ending::Done)
    }

    /// Says how it has ended, once there is room for what it has returned.
    async fn finish(mut self, returned: Option<String>, ending: Ending) {
        let work = &self.work;
        if !work.workshop.table.ends(work, returned, &ending).await && work.lingers() {
            tracing::debug!(interface = %work.interface(), assignation = %work.id, "its code has ended too");
        }
        self.is_complete = true;
    }

    /// Runs some of the function's code: for its task, in its span, with panics caught.
    fn inside<T>(&self, code: impl FnOnce() -> T) -> Result<T, Failure> {
        let _task = self.task.enter();
        let _span = self.span.enter();
        catch_unwind(AssertUnwindSafe(code)).map_err(|payload| Failure::panicked(&*payload))
    }
}

fn invocation(work: &Arc<Work>) -> Invocation {
    Invocation::new(Arc::clone(work) as Arc<dyn Host>)
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
