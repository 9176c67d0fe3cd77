//! One run of a function: what its handler gets, and how it can fail.

use std::fmt;
use std::future::{pending, ready};
use std::pin::pin;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use futures_util::{Stream, StreamExt as _};
use serde_json::value::RawValue;

use crate::Contexts;
use crate::arguments::Arguments;
use crate::caller::{CallError, CallEvents, CallRequest};
use crate::dependency::Dependency;
use crate::injected::AnyState;
use crate::json::{InNewDrawer, JsonWriter};
use crate::message::{Assign, LogLevel};
use crate::returns::{Cause, Output, Returns as _, with_sources};
use crate::task::Task;
use crate::value::ValueError;

/// Runs an invocation: reads its arguments, calls the function, hands over what it returns.
pub type Handler = fn(Invocation) -> BoxFuture<'static, Result<(), Failure>>;

/// A piece of blocking work.
pub type Job = Box<dyn FnOnce() + Send + 'static>;

/// What an invocation needs from whoever runs it: the agent, or a test. What is said to it, and what it says of the
/// assignation's end, has defaults for hosts that nobody listens to.
pub trait Host: Send + Sync + 'static {
    /// What was assigned.
    fn assign(&self) -> &Assign;

    /// The app's shared values.
    fn contexts(&self) -> &Contexts;

    /// Sends one object of returns; waits while there is no room for it, or until the assignation is over.
    ///
    /// # Errors
    /// [`Failure::TooLarge`] for what is larger than a message may be.
    fn yields(&self, returns: Box<RawValue>) -> BoxFuture<'_, Result<(), Failure>>;

    /// Runs `job` where it may block.
    fn spawn_blocking(&self, job: Job);

    /// Runs `work` until it ends or the assignation does.
    fn spawn(&self, work: BoxFuture<'static, ()>);

    /// Sends how far the work is, in percent, and what it is doing.
    fn progress(&self, _percent: Option<u32>, _message: Option<String>) {}

    /// Sends a log.
    fn log(&self, _level: LogLevel, _message: String) {}

    /// Whether the assignation is over for its caller, however it ended.
    fn is_over(&self) -> bool {
        false
    }

    /// Waits until it is.
    fn over(&self) -> BoxFuture<'_, ()> {
        Box::pin(pending())
    }

    /// Waits while the assignation is paused; not once it is over.
    fn breakpoint(&self) -> BoxFuture<'_, ()> {
        Box::pin(ready(()))
    }

    /// The assignation has changed a state, which has this version since: what it [yields](Self::yields) after that is
    /// not to be known before the change is.
    fn changed(&self, _state: Arc<dyn AnyState>, _version: u64) {}

    /// Starts a call that is a part of this assignation; its request names it as the parent.
    fn call(&self, _request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        Box::pin(ready(Err(CallError::Refused("functions cannot be called from here".to_owned()))))
    }

    /// What the arguments of such calls are written and their returns are read with.
    fn contexts_of_calls(&self) -> &Contexts {
        self.contexts()
    }

    /// The dependencies of the function that runs.
    fn dependencies(&self) -> &[Dependency] {
        &[]
    }
}

/// Why an invocation ended without DONE. What the caller is told follows from it (protocol, section 4).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The arguments do not fit the ports: ERROR.
    #[error("{0}")]
    Arguments(ValueError),
    /// The returns do not fit the ports: ERROR.
    #[error("{0}")]
    Returns(ValueError),
    /// The function returned an error: CRITICAL, with its message.
    #[error("{0}")]
    Failed(String),
    /// The returns are larger than a message may be: CRITICAL.
    #[error("{0}")]
    TooLarge(String),
    /// The function panicked: CRITICAL, with the panic's message.
    #[error("the function panicked: {0}")]
    Panicked(String),
}

impl Failure {
    /// The failure for the function's own error: its message and those of its sources.
    pub(crate) fn caused(error: impl Cause) -> Self {
        Self::Failed(with_sources(&*error.into_error()))
    }

    /// The failure for what a panic carried.
    pub fn panicked(payload: &(dyn std::any::Any + Send)) -> Self {
        Self::Panicked(Self::panic_message(payload))
    }

    pub(crate) fn panic_message(payload: &(dyn std::any::Any + Send)) -> String {
        let message = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned());
        message.unwrap_or_else(|| "it gave no message".to_owned())
    }
}

/// One call of a function, inside the process that runs it.
#[derive(Clone)]
pub struct Invocation {
    host: Arc<dyn Host>,
}

impl Invocation {
    /// An invocation of what its host was assigned.
    pub fn new(host: Arc<dyn Host>) -> Self {
        Self { host }
    }

    /// The app's shared values.
    pub fn contexts(&self) -> &Contexts {
        self.host.contexts()
    }

    /// Who runs it.
    pub(crate) fn host(&self) -> Arc<dyn Host> {
        Arc::clone(&self.host)
    }

    /// The task of the assignation.
    pub fn task(&self) -> Task {
        Task::new(Arc::clone(&self.host))
    }

    /// The arguments, by key.
    ///
    /// # Errors
    /// When they are not an object.
    pub fn arguments(&self) -> Result<Arguments<'_>, Failure> {
        Arguments::parse(&self.host.assign().args).map_err(Failure::Arguments)
    }

    /// Runs a function that returns an iterator, and hands over each item as it comes. Blocks, as the iterator may. The
    /// next item is not asked for before there is room for it, or once the assignation is over.
    ///
    /// # Errors
    /// The error of the function or of an item, or an item that has no JSON. The items before it are handed over.
    pub fn iterate<I, E>(&self, items: Result<I, E>) -> Result<(), Failure>
    where
        I: IntoIterator<Item: Output>,
        E: Cause,
    {
        for item in items.map_err(Failure::caused)? {
            pollster::block_on(self.finish(item))?;
            if self.host.is_over() {
                break;
            }
        }
        Ok(())
    }

    /// Hands over each item of a stream; it is polled again once the item is sent.
    ///
    /// # Errors
    /// The error of the function or of an item, or an item that has no JSON. The items before it are handed over.
    pub async fn stream<S, E>(&self, stream: Result<S, E>) -> Result<(), Failure>
    where
        S: Stream<Item: Output> + Send,
        E: Cause,
    {
        let mut stream = pin!(stream.map_err(Failure::caused)?);
        while let Some(item) = stream.next().await {
            self.finish(item).await?;
        }
        Ok(())
    }

    /// Hands over what the function evaluated to, or one item of it.
    ///
    /// # Errors
    /// The function's own error, or returns that have no JSON or are too large.
    pub async fn finish<O: Output>(&self, output: O) -> Result<(), Failure> {
        let returns = output.into_returns()?;
        let mut shelved = NewDrawers { contexts: self.contexts(), of: Vec::new() };
        let mut out = JsonWriter::new();
        let written = returns.shrink_returns(&mut out, shelved.contexts).await;
        shelved.of = out.take_new_drawers();
        written.map_err(Failure::Returns)?;
        let returns = out.into_raw().map_err(Failure::Returns)?;
        self.host.yields(returns).await?;
        shelved.of.clear();
        Ok(())
    }
}

/// The new drawers of a return that is not handed over yet: dropped before it is, they are taken back.
struct NewDrawers<'c> {
    contexts: &'c Contexts,
    of: Vec<InNewDrawer>,
}

impl Drop for NewDrawers<'_> {
    fn drop(&mut self) {
        if let (false, Some(shelf)) = (self.of.is_empty(), self.contexts.shelf()) {
            shelf.take_back(self.of.drain(..).map(|new| new.drawer).collect());
        }
    }
}

impl fmt::Debug for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Invocation").field(&self.task()).finish()
    }
}
