//! Which task the running code belongs to.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::pin;

use super::Task;

thread_local! {
    static CURRENT: RefCell<Option<Task>> = const { RefCell::new(None) };
}

/// There is no assignation here: the code runs outside of any registered function, or on a thread or in a task that was
/// started without [`Task::spawn`] and [`Task::spawn_blocking`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "this code does not run for an assignation; start threads and tasks of a function with `Task::spawn_blocking` and \
     `Task::spawn`, or hand them the task"
)]
pub struct NoTask;

/// The task that the calling code runs for, however far it is from the function's parameters.
///
/// # Errors
/// [`NoTask`] outside of an assignation.
pub fn current() -> Result<Task, NoTask> {
    // While a thread ends, what its other values do when they are dropped runs for no assignation.
    CURRENT.try_with(|current| current.borrow().clone()).ok().flatten().ok_or(NoTask)
}

/// While this lives, the thread runs for a task.
#[must_use = "the task is left when this is dropped"]
#[derive(Debug)]
pub struct Entered {
    former: Option<Task>,
    /// It belongs to its thread.
    not_send: PhantomData<*const ()>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        let left = CURRENT.replace(self.former.take());
        // Dropped once the thread is in order again: the last one of a task may run what it owns.
        drop(left);
    }
}

impl Task {
    /// Makes this the [`current`] task of the thread, for as long as what is returned lives.
    pub fn enter(&self) -> Entered {
        Entered { former: CURRENT.replace(Some(self.clone())), not_send: PhantomData }
    }

    /// Makes this the [`current`] task whenever `future` runs.
    pub async fn scope<F: Future>(self, future: F) -> F::Output {
        let mut future = pin!(future);
        poll_fn(|context| {
            let _entered = self.enter();
            future.as_mut().poll(context)
        })
        .await
    }
}
