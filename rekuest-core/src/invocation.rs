//! One run of a function: what its handler gets, and how it can fail.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;

use futures_channel::{mpsc, oneshot};
use futures_executor::block_on;
use futures_util::future::{BoxFuture, Either, select};
use futures_util::{SinkExt as _, Stream, StreamExt as _};
use serde_json::value::RawValue;

use crate::Contexts;
use crate::arguments::Arguments;
use crate::json::JsonWriter;
use crate::returns::{Cause, Output, Returns as _, with_sources};
use crate::value::ValueError;

/// Runs an invocation: reads its arguments, calls the function, hands over what it returns.
pub type Handler = fn(Invocation) -> BoxFuture<'static, Result<(), Failure>>;

/// A piece of blocking work.
pub type Job = Box<dyn FnOnce() + Send + 'static>;

/// What an invocation needs from whoever runs it: the agent, or a test.
pub trait Host: Send + Sync + 'static {
    /// The app's shared values.
    fn contexts(&self) -> &Contexts;

    /// Runs `job` where it may block.
    fn spawn_blocking(&self, job: Job);

    /// Sends one object of returns; waits while there is no room for it.
    fn yields(&self, returns: Box<RawValue>) -> BoxFuture<'_, ()>;
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
        let message = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned());
        Self::Panicked(message.unwrap_or_else(|| "it gave no message".to_owned()))
    }
}

/// One call of a function, inside the process that runs it.
pub struct Invocation {
    args: Box<RawValue>,
    host: Arc<dyn Host>,
}

impl Invocation {
    /// An invocation with these arguments, a JSON object.
    pub fn new(args: Box<RawValue>, host: Arc<dyn Host>) -> Self {
        Self { args, host }
    }

    /// The app's shared values.
    pub fn contexts(&self) -> &Contexts {
        self.host.contexts()
    }

    /// The arguments, by key.
    ///
    /// # Errors
    /// When they are not an object.
    pub fn arguments(&self) -> Result<Arguments<'_>, Failure> {
        Arguments::parse(&self.args).map_err(Failure::Arguments)
    }

    /// Runs a blocking function where it may block.
    ///
    /// # Errors
    /// [`Failure::Panicked`] when it panics, or when the process drops it unrun.
    pub async fn block<T: Send + 'static>(
        &self,
        function: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let (sender, receiver) = oneshot::channel();
        self.host.spawn_blocking(Box::new(move || {
            // Whoever waited may be gone; then the result is of no use.
            let _ = sender.send(catch_unwind(AssertUnwindSafe(function)));
        }));
        match receiver.await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(payload)) => Err(Failure::panicked(&*payload)),
            Err(oneshot::Canceled) => {
                Err(Failure::Failed("the process stopped before the function ran".to_owned()))
            }
        }
    }

    /// Runs a function that returns an iterator, and the iterator, where they may block, and hands over each item. The
    /// iterator is at most one item ahead of what is sent, and is dropped at the next item when nobody waits any more.
    ///
    /// # Errors
    /// The error of the function or of an item, a panic, or an item that has no JSON. The items before it are handed
    /// over.
    pub async fn iterate<I, E>(
        &self,
        function: impl FnOnce() -> Result<I, E> + Send + 'static,
    ) -> Result<(), Failure>
    where
        I: IntoIterator<Item: Output + 'static> + 'static,
        E: Cause + Send + 'static,
    {
        let (mut sender, mut receiver) = mpsc::channel(0);
        let working = self.block(move || {
            for item in function()? {
                if block_on(sender.send(item)).is_err() {
                    break;
                }
            }
            Ok::<(), E>(())
        });
        let handing = async move {
            while let Some(item) = receiver.next().await {
                self.finish(item).await?;
            }
            Ok(())
        };
        let worked = match select(pin!(handing), pin!(working)).await {
            Either::Left((Err(failure), _)) => return Err(failure),
            Either::Left((Ok(()), working)) => working.await,
            Either::Right((worked, handing)) => {
                handing.await?;
                worked
            }
        };
        worked?.map_err(Failure::caused)
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
    /// The function's own error, or returns that have no JSON.
    pub async fn finish<O: Output>(&self, output: O) -> Result<(), Failure> {
        let returns = output.into_returns()?;
        let mut out = JsonWriter::new();
        returns.shrink_returns(&mut out, self.contexts()).await.map_err(Failure::Returns)?;
        let returns = out.into_raw().map_err(Failure::Returns)?;
        self.host.yields(returns).await;
        Ok(())
    }
}

impl fmt::Debug for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invocation").field("args", &self.args).finish_non_exhaustive()
    }
}
