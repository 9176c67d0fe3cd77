//! The task of an assignation: what a function takes to report, to learn who called, and to notice its cancellation.

mod calls;
pub mod capture;
mod child;
mod current;
mod printed;

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use futures_util::future::select;
use serde_json::value::RawValue;

use crate::arguments::{Arguments, Parameter};
use crate::invocation::{Failure, Host, Invocation};
use crate::message::{Assign, LogLevel};
use crate::port::Port;

pub use child::{Child, ChildError};
pub use current::{Entered, NoTask, current};
pub use printed::{Captured, PrintedOutput};

/// The assignation that a function runs for. A function takes it as a parameter, which is no port:
///
/// ```ignore
/// #[register]
/// fn scan(task: Task, planes: u32) -> Result<u32, Cancelled> {
///     for plane in 0..planes {
///         task.check()?;
///         task.progress(plane * 100 / planes, format_args!("plane {plane}"));
///     }
///     Ok(planes)
/// }
/// ```
///
/// Code further away gets it with [`current`]. It is cheap to clone, and outlives the assignation without harm: what it
/// is told then is heard by nobody.
///
/// # Cancellation
///
/// An async function is dropped at its next `.await`, and what it owns cleans up; it has nothing to do. A blocking one
/// goes on until it looks: [`check`](Self::check) and [`cancelled`](Self::cancelled) tell it, and so does what
/// [`progress`](Self::progress) and [`log`](Self::log) return. Its caller is told CANCELLED at once, without waiting.
#[derive(Clone)]
pub struct Task(Arc<dyn Host>);

/// The assignation was cancelled: what [`Task::check`] returns, for `?`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the assignation was cancelled")]
pub struct Cancelled;

impl Task {
    pub(crate) fn new(host: Arc<dyn Host>) -> Self {
        Self(host)
    }

    fn assign(&self) -> &Assign {
        self.0.assign()
    }

    /// The id that the server gave this assignation.
    pub fn id(&self) -> &str {
        &self.assign().assignation
    }

    /// The interface of the function that runs.
    pub fn interface(&self) -> &str {
        &self.assign().interface
    }

    /// The caller's own name for the call.
    pub fn reference(&self) -> Option<&str> {
        self.assign().reference.as_deref()
    }

    /// The calling user's id.
    pub fn user(&self) -> Option<&str> {
        self.assign().user.as_deref()
    }

    /// The calling app: the id of its OAuth client, not its identifier (protocol, section 2).
    pub fn app(&self) -> Option<&str> {
        self.assign().app.as_deref()
    }

    /// The calling user's organization.
    pub fn org(&self) -> Option<&str> {
        self.assign().org.as_deref()
    }

    /// The hash of the action that was called.
    pub fn action(&self) -> Option<&str> {
        self.assign().action.as_deref()
    }

    /// The assignation that made this call, if one did.
    pub fn parent(&self) -> Option<&str> {
        self.assign().parent.as_deref()
    }

    /// The implementations that the server chose for the function's dependencies, ids by key.
    pub fn dependencies(&self) -> &BTreeMap<String, String> {
        &self.assign().dependencies
    }

    /// The arguments as they came, a JSON object.
    pub fn args(&self) -> &RawValue {
        &self.assign().args
    }

    /// What a request to another service is given, so that it can tell on whose behalf it is made: the headers
    /// `x-assignation-id`, `-user`, `-org` and `-action`. What the server did not say is left out.
    ///
    /// ```ignore
    /// let request = task.headers().fold(client.get(url), |request, (name, value)| request.header(name, value));
    /// ```
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("x-assignation-id", Some(self.id())),
            ("x-assignation-user", self.user()),
            ("x-assignation-org", self.org()),
            ("x-assignation-action", self.action()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }

    /// Tells how far the work is, in percent, and what it is doing. What is beyond 100 is told as 100. Servers that are
    /// slow are told the newest only.
    ///
    /// Returns whether the assignation still runs: false once it is cancelled.
    pub fn progress(&self, percent: u32, message: impl fmt::Display) -> bool {
        let runs = !self.cancelled();
        if runs {
            self.0.progress(Some(percent.min(100)), Some(message.to_string()));
        }
        runs
    }

    /// Logs to who called. `tracing` events inside an assignation do the same.
    ///
    /// Returns whether the assignation still runs: false once it is cancelled.
    pub fn log(&self, level: LogLevel, message: impl fmt::Display) -> bool {
        let runs = !self.cancelled();
        if runs {
            self.0.log(level, message.to_string());
        }
        runs
    }

    /// Whether the caller asked for everything that is logged and traced, whatever its level.
    pub fn captures(&self) -> bool {
        self.assign().capture
    }

    /// Whether the assignation is over for its caller: cancelled, interrupted, or ended in any other way.
    pub fn cancelled(&self) -> bool {
        self.0.is_over()
    }

    /// Fails once the assignation is cancelled: for blocking functions, to leave by `?`.
    ///
    /// # Errors
    /// [`Cancelled`] then.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.cancelled() { Err(Cancelled) } else { Ok(()) }
    }

    /// Waits until the assignation is cancelled or over. Async functions are dropped then and need not wait for it;
    /// it is for what they started elsewhere.
    pub fn until_cancelled(&self) -> impl Future<Output = ()> + Send + '_ {
        self.0.over()
    }

    /// A point at which the assignation can be paused: goes on at once unless it is, else when it is resumed or
    /// makes a step, which leads to the next breakpoint.
    pub fn breakpoint(&self) -> impl Future<Output = ()> + Send + '_ {
        self.0.breakpoint()
    }

    /// The twin of [`breakpoint`](Self::breakpoint) for blocking functions.
    ///
    /// # Errors
    /// [`Cancelled`] when the assignation is cancelled, also while it is paused.
    pub fn blocking_breakpoint(&self) -> Result<(), Cancelled> {
        // Also in an async function, which is not over before it comes back.
        pollster::block_on(select(self.0.breakpoint(), self.0.over()));
        self.check()
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Task({} of {})", self.id(), self.interface())
    }
}

impl Parameter for Task {
    const PORT: Option<Port> = None;

    async fn take(invocation: &Invocation, _: &Arguments<'_>, _: &'static str) -> Result<Self, Failure> {
        Ok(invocation.task())
    }
}
