//! The task that quick functions are begun in, one after the other, until they end or have to wait.
//!
//! It is a task of its own, beside the reader's: should a function that was quick so far keep its thread, the connection
//! goes on, what waits behind it is given to other tasks, and another one takes its place.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::Notify;

use crate::runners::Runners;
use crate::work::{self, Work};

/// For how long one function may be begun before what waits behind it is given to others.
const STUCK: Duration = Duration::from_millis(5);

/// Begins quick functions.
#[derive(Default)]
pub(crate) struct Starter {
    /// The one that is at work; none before the first function.
    current: Mutex<Option<Arc<Current>>>,
}

impl fmt::Debug for Starter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Starter")
    }
}

#[derive(Default)]
struct Current {
    state: Mutex<State>,
    given: Notify,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Arc<Work>>,
    /// Since when it has not come back to look for more.
    busy: Option<Instant>,
    /// Another one has taken its place, or the agent is gone.
    replaced: bool,
}

impl Current {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It has come back, and may give way to others.
    fn is_back(&self) {
        self.state().busy = None;
    }

    /// The next one; waits for it. None if it has been replaced.
    async fn next(&self) -> Option<Arc<Work>> {
        loop {
            {
                let mut state = self.state();
                if state.replaced {
                    return None;
                }
                if let Some(work) = state.waiting.pop_front() {
                    state.busy = Some(Instant::now());
                    return Some(work);
                }
            }
            // One that was given in between has left a permit.
            self.given.notified().await;
        }
    }
}

impl Starter {
    fn current(&self) -> MutexGuard<'_, Option<Arc<Current>>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a function that holds its lanes.
    pub(crate) fn begin(&self, work: Arc<Work>, runners: &Arc<Runners>, runtime: &Handle) {
        self.rescue(runners, runtime);
        let mut current = self.current();
        let current = current.get_or_insert_with(|| start(runners, runtime));
        current.state().waiting.push_back(work);
        current.given.notify_one();
    }

    /// Gives what waits behind a function that keeps its thread to others.
    pub(crate) fn rescue(&self, runners: &Arc<Runners>, runtime: &Handle) {
        let mut current = self.current();
        let Some(stuck) = current.as_ref() else { return };
        let waiting = {
            let mut state = stuck.state();
            if state.busy.is_none_or(|since| since.elapsed() <= STUCK) {
                return;
            }
            state.replaced = true;
            std::mem::take(&mut state.waiting)
        };
        *current = None;
        drop(current);
        for work in waiting {
            runners.run(Box::pin(work::run(work)), runtime);
        }
    }
}

impl Drop for Starter {
    fn drop(&mut self) {
        if let Some(current) = self.current().take() {
            current.state().replaced = true;
            current.given.notify_one();
        }
    }
}

fn start(runners: &Arc<Runners>, runtime: &Handle) -> Arc<Current> {
    let current = Arc::new(Current::default());
    let (own, runners, on) = (Arc::clone(&current), Arc::clone(runners), runtime.clone());
    // It reports by itself.
    drop(runtime.spawn(async move {
        while let Some(work) = own.next().await {
            if let Some(running) = work::begin(work) {
                runners.run(running, &on);
            }
            own.is_back();
            // Many in a row must not keep others from the thread.
            tokio::task::coop::consume_budget().await;
        }
    }));
    current
}
