//! How an app runs: limits, delays, what is sent how fast. Each is said to the agent as it was said to the app.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rekuest_agent::offline::OfflineBuilder;
use rekuest_agent::{AgentBuilder, Pace};
use rekuest_core::task::PrintedOutput;

use crate::App;

/// What was said; the rest is as the agent has it.
#[derive(Debug, Default)]
pub(crate) struct Options {
    drain: Option<Duration>,
    concurrency: Option<NonZeroUsize>,
    blocking_threads: Option<NonZeroUsize>,
    max_message: Option<usize>,
    retention: Option<(usize, Duration)>,
    pace: Option<Pace>,
    leave_out_refused: Option<bool>,
    backoff: Option<(Duration, Duration)>,
    silence: Option<Duration>,
    shelf_budget: Option<usize>,
    printed_output: Option<Arc<dyn PrintedOutput>>,
    /// The file that is there while the app is ready.
    pub(crate) ready_file: Option<PathBuf>,
}

impl Options {
    pub(crate) fn apply(&self, mut agent: AgentBuilder) -> AgentBuilder {
        if let Some(drain) = self.drain {
            agent = agent.drain(drain);
        }
        if let Some(concurrency) = self.concurrency {
            agent = agent.concurrency(concurrency);
        }
        if let Some(threads) = self.blocking_threads {
            agent = agent.blocking_threads(threads);
        }
        if let Some(bytes) = self.max_message {
            agent = agent.max_message(bytes);
        }
        if let Some((bytes, age)) = self.retention {
            agent = agent.retention(bytes, age);
        }
        if let Some(pace) = self.pace {
            agent = agent.pace(pace);
        }
        if let Some(leave_out) = self.leave_out_refused {
            agent = agent.leave_out_refused(leave_out);
        }
        if let Some((first, longest)) = self.backoff {
            agent = agent.backoff(first, longest);
        }
        if let Some(silence) = self.silence {
            agent = agent.silence(silence);
        }
        if let Some(bytes) = self.shelf_budget {
            agent = agent.shelf_budget(bytes);
        }
        if let Some(output) = &self.printed_output {
            agent = agent.printed_output(Arc::clone(output));
        }
        agent
    }

    /// What of it has nothing to do with a server.
    pub(crate) fn apply_offline(&self, mut agent: OfflineBuilder) -> OfflineBuilder {
        if let Some(concurrency) = self.concurrency {
            agent = agent.concurrency(concurrency);
        }
        if let Some(threads) = self.blocking_threads {
            agent = agent.blocking_threads(threads);
        }
        if let Some(bytes) = self.max_message {
            agent = agent.max_message(bytes);
        }
        if let Some(bytes) = self.shelf_budget {
            agent = agent.shelf_budget(bytes);
        }
        if let Some(output) = &self.printed_output {
            agent = agent.printed_output(Arc::clone(output));
        }
        agent
    }
}

/// How it runs.
impl App {
    /// The same app with this long for running work to finish once it is asked to end; 30 s unless given.
    pub fn drain(mut self, drain: Duration) -> Self {
        self.options.drain = Some(drain);
        self
    }

    /// The same app with at most so many assignations at once; the others wait in the order they came. Unlimited unless
    /// given.
    pub fn concurrency(mut self, limit: NonZeroUsize) -> Self {
        self.options.concurrency = Some(limit);
        self
    }

    /// The same app with at most so many blocking functions at once, each on a thread; 256 unless given.
    pub fn blocking_threads(mut self, limit: NonZeroUsize) -> Self {
        self.options.blocking_threads = Some(limit);
        self
    }

    /// The same app with arguments and returns of at most so many bytes of JSON each; 65 MiB unless given. What is larger
    /// is an error that the caller sees.
    pub fn max_message(mut self, bytes: usize) -> Self {
        self.options.max_message = Some(bytes);
        self
    }

    /// The same app with so much kept of what the server has not confirmed, to be sent again when the connection is
    /// back; 16 MiB and 24 hours unless given. What waits to be sent is never dropped for its size: functions that yield
    /// wait. What was sent counts as delivered beyond the bound in bytes, which is logged; what waited for a server for
    /// longer than the bound in time is given up, logged as an error, and told to callers who still wait.
    pub fn retention(mut self, bytes: usize, age: Duration) -> Self {
        self.options.retention = Some((bytes, age));
        self
    }

    /// The same app with events sent at this pace. [`Pace::Announced`] unless given: as fast as the server says that it
    /// takes them, and slowly if it does not say it.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.options.pace = Some(pace);
        self
    }

    /// The same app, which leaves out functions that the server refuses and goes on, instead of ending with an error;
    /// false unless given. What is left out is logged.
    pub fn leave_out_refused(mut self, leave_out: bool) -> Self {
        self.options.leave_out_refused = Some(leave_out);
        self
    }

    /// The same app with these delays before it comes back to a server that is gone: the first one, and the longest that
    /// they grow to; 200 ms and 30 s unless given. Each is drawn at random up to its length.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.options.backoff = Some((first, longest));
        self
    }

    /// The same app, for which a connection is dead after so long without a frame; 60 s unless given. Servers send
    /// heartbeats every 10 to 15 seconds.
    pub fn silence(mut self, silence: Duration) -> Self {
        self.options.silence = Some(silence);
        self
    }

    /// The same app, which keeps values of at most so many bytes in [`Memory`](crate::Memory), as far as
    /// [`Memorable::size`](crate::Memorable::size) says how large they are; no limit unless given. What was not used for
    /// longest makes room for what is new, except what running functions have; who asks for it is told ERROR.
    pub fn shelf_budget(mut self, bytes: usize) -> Self {
        self.options.shelf_budget = Some(bytes);
        self
    }

    /// The same app, which sends what a function prints to a caller that asks for it with `capture: true`, as LOG. What
    /// is printed is not sent unless this is given.
    ///
    /// Standard output belongs to the whole process: such a call runs alone, and what other threads print meanwhile is
    /// taken for its own. `StandardOutput`, with the feature `capture-output`, takes it on unix.
    pub fn printed_output(mut self, output: impl PrintedOutput + 'static) -> Self {
        self.options.printed_output = Some(Arc::new(output));
        self
    }

    /// The same app, which keeps a file at this path while its functions can be called: it holds the id of the process,
    /// and is removed while the connection is down and when the app ends. A file that another process has left there is
    /// replaced; one that holds anything else is an error when the app starts.
    pub fn ready_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.ready_file = Some(path.into());
        self
    }
}
