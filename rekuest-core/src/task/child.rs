//! Work that a function starts beside itself, and that ends with it.

use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_channel::oneshot;
use futures_util::FutureExt as _;

use super::Task;
use crate::invocation::{Failure, Job};

/// Work started with [`Task::spawn`] or [`Task::spawn_blocking`]: awaited, it gives what the work returned. Dropped, it
/// lets the work go on, until the assignation ends.
#[must_use = "dropped, it lets the work go on without looking how it ends; `let _child = …` says so"]
pub struct Child<T>(oneshot::Receiver<Result<T, String>>);

/// Why work started by a task returned nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChildError {
    /// The assignation ended first, and the work with it.
    #[error("the assignation ended before the work it had started")]
    Cancelled,
    /// The work panicked, with this message.
    #[error("the work that was started panicked: {0}")]
    Panicked(String),
}

impl<T> Future for Child<T> {
    type Output = Result<T, ChildError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll_unpin(context).map(|ended| match ended {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(message)) => Err(ChildError::Panicked(message)),
            Err(oneshot::Canceled) => Err(ChildError::Cancelled),
        })
    }
}

impl<T> fmt::Debug for Child<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Child")
    }
}

impl Task {
    /// Starts async work beside the function. It is dropped when the assignation ends, in whatever way;
    /// [`current`](super::current) finds this task in it.
    pub fn spawn<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> Child<T> {
        let (sender, receiver) = oneshot::channel();
        let work = self.clone().scope(async move {
            let ended = AssertUnwindSafe(work).catch_unwind().await;
            // Whoever waited may be gone; then the result is of no use.
            let _ = sender.send(ended.map_err(|payload| Failure::panic_message(&*payload)));
        });
        self.0.spawn(Box::pin(work));
        Child(receiver)
    }

    /// Starts blocking work beside the function, on a thread where it may block. It is not stopped when the assignation
    /// ends, and sees it as a blocking function does: [`Task::check`], with [`current`](super::current).
    pub fn spawn_blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Child<T> {
        let (sender, receiver) = oneshot::channel();
        let task = self.clone();
        let job: Job = Box::new(move || {
            let _entered = task.enter();
            let ended = catch_unwind(AssertUnwindSafe(work));
            // Whoever waited may be gone; then the result is of no use.
            let _ = sender.send(ended.map_err(|payload| Failure::panic_message(&*payload)));
        });
        self.0.spawn_blocking(job);
        Child(receiver)
    }
}
