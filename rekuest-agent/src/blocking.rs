//! The threads that blocking code runs on.
//!
//! A thread that has ended a job takes the next without sleeping, and threads are woken one after the other: each that
//! finds more to do than it can take wakes one more. So many short jobs are done by few threads, and long ones soon have
//! a thread each. None is waited for at the end: a function that never returns must not keep the process.

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rekuest_core::invocation::Job;

/// How long a thread waits for a job before it ends.
const KEPT: Duration = Duration::from_secs(10);

/// Threads that are started when they are needed, up to a number.
#[derive(Debug)]
pub(crate) struct Blocking(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    given: Condvar,
    most: usize,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    threads: usize,
    /// How many of them wait.
    idle: usize,
    /// How many of those are to come, and have not yet.
    woken: usize,
    /// How many threads were started and have not come yet.
    started: usize,
    closed: bool,
}

impl State {
    /// Whether a thread is coming, which will see to it that enough come.
    fn is_somebody_coming(&self) -> bool {
        self.woken + self.started > 0
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let state = self.state();
        write!(f, "{} threads of at most {}, {} jobs waiting", state.threads, self.most, state.jobs.len())
    }
}

impl Blocking {
    /// At most so many threads. One is started at once, to see that it can be.
    pub(crate) fn new(most: usize) -> io::Result<Self> {
        let shared = Arc::new(Shared { state: Mutex::default(), given: Condvar::new(), most });
        {
            let mut state = shared.state();
            state.threads += 1;
            state.started += 1;
        }
        shared.start()?;
        Ok(Self(shared))
    }

    /// Runs a job, which reports by itself. It waits while all threads are busy.
    pub(crate) fn run(&self, job: Job) {
        let mut state = self.0.state();
        state.jobs.push_back(job);
        if !state.is_somebody_coming() {
            self.0.wake(state);
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets one more thread come.
    fn wake(self: &Arc<Self>, mut state: MutexGuard<'_, State>) {
        if state.idle > state.woken {
            state.woken += 1;
            drop(state);
            self.given.notify_one();
        } else if state.threads < self.most {
            state.threads += 1;
            state.started += 1;
            drop(state);
            if let Err(error) = self.start() {
                tracing::error!("no more threads for blocking functions can be had, so they wait: {error}");
                let mut state = self.state();
                state.threads -= 1;
                state.started -= 1;
            }
        }
    }

    fn start(self: &Arc<Self>) -> io::Result<()> {
        let shared = Arc::clone(self);
        thread::Builder::new().name("rekuest-blocking".to_owned()).spawn(move || shared.work()).map(drop)
    }

    fn work(self: Arc<Self>) {
        let mut state = self.state();
        state.started -= 1;
        loop {
            while let Some(job) = state.jobs.pop_front() {
                if state.jobs.is_empty() || state.is_somebody_coming() {
                    drop(state);
                } else {
                    self.wake(state);
                }
                if catch_unwind(AssertUnwindSafe(job)).is_err() {
                    tracing::error!("what a blocking function left behind panicked when it was dropped");
                }
                state = self.state();
            }
            if state.closed {
                return;
            }
            state.idle += 1;
            state = match self.wait(state) {
                Some(state) => state,
                None => return,
            };
        }
    }

    /// Waits to be woken; none if that takes so long that the thread is not needed.
    fn wait<'a>(&'a self, mut state: MutexGuard<'a, State>) -> Option<MutexGuard<'a, State>> {
        loop {
            let (guard, waited) =
                self.given.wait_timeout(state, KEPT).unwrap_or_else(PoisonError::into_inner);
            state = guard;
            if state.woken > 0 {
                state.woken -= 1;
                state.idle -= 1;
                return Some(state);
            }
            // The last one stays, so that there is always one.
            if state.closed || (waited.timed_out() && state.threads > 1) {
                state.idle -= 1;
                state.threads -= 1;
                return None;
            }
        }
    }
}

impl Drop for Blocking {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.closed = true;
        state.jobs.clear();
        drop(state);
        self.0.given.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    #[test]
    fn every_job_is_done_by_no_more_threads_than_allowed() {
        let blocking = Blocking::new(3).expect("threads");
        let (sender, done) = channel();
        for _ in 0..1_000 {
            let sender = sender.clone();
            blocking.run(Box::new(move || {
                let _ = sender.send(thread::current().id());
            }));
        }
        let ids: Vec<_> = (0..1_000).map(|_| done.recv_timeout(SOON).expect("done")).collect();
        let mut different = Vec::new();
        ids.into_iter().for_each(|id| {
            if !different.contains(&id) {
                different.push(id);
            }
        });
        assert!(different.len() <= 3);
    }

    #[test]
    fn jobs_that_wait_for_each_other_have_a_thread_each() {
        const JOBS: usize = 40;
        let blocking = Blocking::new(JOBS).expect("threads");
        let barrier = Arc::new(std::sync::Barrier::new(JOBS));
        let (sender, done) = channel();
        for _ in 0..JOBS {
            let (barrier, sender) = (Arc::clone(&barrier), sender.clone());
            blocking.run(Box::new(move || {
                barrier.wait();
                let _ = sender.send(());
            }));
        }
        (0..JOBS).for_each(|_| done.recv_timeout(SOON).expect("done"));
    }

    #[test]
    fn a_job_that_never_ends_does_not_keep_the_others() {
        let blocking = Blocking::new(2).expect("threads");
        let (hold, held) = channel::<()>();
        blocking.run(Box::new(move || {
            let _ = held.recv();
        }));
        let (sender, done) = channel();
        for index in 0..100 {
            let sender = sender.clone();
            blocking.run(Box::new(move || {
                let _ = sender.send(index);
            }));
        }
        let order: Vec<i32> = (0..100).map(|_| done.recv_timeout(SOON).expect("done")).collect();
        assert_eq!(order, (0..100).collect::<Vec<_>>());
        drop(hold);
    }
}
