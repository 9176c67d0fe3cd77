//! The tasks that async functions run in. They are used again: one that has ended its assignation takes the next, which
//! saves making a task for each of many short ones. Every assignation has a task of its own for as long as it runs, so
//! none waits for another.

use std::collections::VecDeque;
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::BoxFuture;
use tokio::runtime::Handle;
use tokio::sync::Notify;

/// An assignation that runs to its end.
pub(crate) type Running = BoxFuture<'static, ()>;

/// How many tasks may wait for work; the others end.
const IDLE: usize = 256;

#[derive(Default)]
pub(crate) struct Runners {
    shared: Arc<Shared>,
}

impl fmt::Debug for Runners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Runners({} idle)", self.shared.queue().idle)
    }
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    given: Notify,
}

#[derive(Default)]
struct Queue {
    /// Each of these has a task that is coming for it.
    started: VecDeque<Running>,
    idle: usize,
    closed: bool,
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next assignation; waits for it. None if there are enough who wait.
    async fn next(&self) -> Option<Running> {
        loop {
            let mut given = pin!(self.given.notified());
            {
                let mut queue = self.queue();
                if let Some(running) = queue.started.pop_front() {
                    return Some(running);
                }
                if queue.idle >= IDLE || queue.closed {
                    return None;
                }
                queue.idle += 1;
                // It waits from here on, under the lock: of several that are given something before they first wait, only
                // one would be woken.
                given.as_mut().enable();
            }
            given.await;
        }
    }
}

impl Runners {
    /// Runs an assignation on this runtime.
    pub(crate) fn run(&self, running: Running, runtime: &Handle) {
        let mut queue = self.shared.queue();
        queue.started.push_back(running);
        if queue.idle > 0 {
            queue.idle -= 1;
            drop(queue);
            self.shared.given.notify_one();
            return;
        }
        drop(queue);
        let shared = Arc::clone(&self.shared);
        // It reports by itself.
        drop(runtime.spawn(async move {
            while let Some(running) = shared.next().await {
                running.await;
                // Many short ones in a row must not keep others from the thread.
                tokio::task::coop::consume_budget().await;
            }
        }));
    }
}

impl Drop for Runners {
    fn drop(&mut self) {
        let mut queue = self.shared.queue();
        queue.closed = true;
        queue.idle = 0;
        drop(queue);
        self.shared.given.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::sync::{Barrier, mpsc};
    use tokio::time::timeout;

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn those_that_wait_for_each_other_all_run() {
        const TOGETHER: usize = 3;
        let runners = Runners::default();
        let (sender, mut ended) = mpsc::unbounded_channel();
        for _ in 0..2_000 {
            let barrier = Arc::new(Barrier::new(TOGETHER));
            for _ in 0..TOGETHER {
                let (barrier, sender) = (Arc::clone(&barrier), sender.clone());
                let running = Box::pin(async move {
                    barrier.wait().await;
                    let _ = sender.send(());
                });
                runners.run(running, &Handle::current());
            }
            for _ in 0..TOGETHER {
                // The tasks of the former ones are about to wait when the next come.
                timeout(Duration::from_secs(20), ended.recv()).await.expect("all run");
            }
        }
    }
}
