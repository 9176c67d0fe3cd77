//! Calling: what the typed stubs need from whoever can reach a server.
//!
//! `add::call(&client, 1, 2)` makes a [`Call`]; nothing happens until it is awaited. What it is called on is a
//! [`Caller`]: a client, or, inside a function, the task.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, try_unfold};
use futures_util::{Stream, StreamExt as _, TryFutureExt as _};
use serde_json::value::RawValue;

use crate::Contexts;
use crate::arguments::Arguments;
use crate::demand::DemandBuf;
use crate::dependency::Dependency;
use crate::message::LogLevel;
use crate::returns::FromReturns;
use crate::value::ValueError;

/// What is to run a call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallTarget {
    /// Any connected implementation of the action with this hash.
    ActionHash(String),
    /// Any connected implementation of the action with this id.
    Action(String),
    /// This one implementation, by id.
    Implementation(String),
    /// One of those that this reservation is of, by its id.
    Reservation(String),
    /// A function that the calling code knows by its name in the source.
    Function(Arc<CalledFunction>),
}

/// A function that the calling code knows by its name in the source: what `#[declare]` and `#[register]` make of one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CalledFunction {
    /// Its name as a dependency.
    pub key: &'static str,
    /// What it has to be like.
    pub demand: DemandBuf,
}

/// How a call is made.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// After how long, from the start to the end, the caller gives up; none waits for ever. Giving up asks the server
    /// to cancel the assignation.
    pub timeout: Option<Duration>,
    /// The assignation that the call is a part of.
    pub parent: Option<String>,
    /// The implementations that are to serve the function's dependencies, ids by key. The server chooses those that are
    /// not named.
    pub dependencies: BTreeMap<String, String>,
}

/// A call that is about to travel.
#[derive(Debug)]
#[non_exhaustive]
pub struct CallRequest {
    /// What is to run it.
    pub target: CallTarget,
    /// The arguments, an object.
    pub args: Box<RawValue>,
    /// How it is made.
    pub options: CallOptions,
}

impl CallRequest {
    /// A call with these arguments, an object, and no options.
    pub fn new(target: CallTarget, args: Box<RawValue>) -> Self {
        Self { target, args, options: CallOptions::default() }
    }
}

/// What happens to a call on its way to its end.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum CallEvent {
    /// How far it is.
    Progress {
        /// In percent, if the function says.
        percent: Option<i64>,
        /// What it is doing, if the function says.
        message: Option<String>,
    },
    /// What the function logged.
    Log {
        /// How serious it is.
        level: LogLevel,
        /// What was logged.
        message: String,
    },
    /// An object of returns: once for a function, once an item for a generator.
    Yield(Box<RawValue>),
    /// The agent is away. It may come back and go on; the call is not over.
    Disconnected,
    /// The server cannot be reached. What happened meanwhile comes once it can; the call is not over.
    Unreachable,
}

/// The events of one call, in order.
pub trait CallEvents: Send {
    /// The next event; none once the call has ended with DONE.
    ///
    /// # Errors
    /// Every other end of the call. After an end, nothing more comes.
    fn next(&mut self) -> BoxFuture<'_, Result<Option<CallEvent>, CallError>>;
}

/// Whoever can call: a client, or the task of a running function.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot call",
    label = "not a caller",
    note = "call on a `Client`, or inside of a function on its `Task`"
)]
pub trait Caller: Send + Sync {
    /// Starts a call. Its arguments have been checked against the ports where these are known.
    fn start(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>>;

    /// The shared values that arguments and returns may need.
    fn contexts(&self) -> &Contexts;
}

/// Why a call did not return.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// An argument does not fit its port. Nothing was sent; the error names the argument.
    #[error("the arguments do not fit: {0}")]
    Arguments(ValueError),
    /// What came back does not fit the expected type. The function ran; caller and provider disagree about its
    /// definition.
    #[error("the returns do not fit: {0}")]
    Returns(ValueError),
    /// ERROR: the agent could not read the arguments, or could not send the returns. Mend the arguments.
    #[error("the agent refused the arguments or returns: {message}")]
    Error {
        /// What the agent said.
        message: String,
    },
    /// CRITICAL: the function failed, panicked, or is not there.
    #[error("the function failed: {message}")]
    Critical {
        /// What the agent said: for a failed function, the message of its error.
        message: String,
    },
    /// CANCELLED: somebody cancelled the call.
    #[error("the call was cancelled")]
    Cancelled,
    /// INTERUPTED: somebody interrupted the call.
    #[error("the call was interrupted")]
    Interrupted,
    /// The timeout of the call passed. Its cancellation was asked for.
    #[error("the call did not end within {0:?}")]
    Timeout(Duration),
    /// There is nothing to call under this name, hash or id.
    #[error("{0}")]
    NotFound(String),
    /// The server refused the call, and why: the agent is not connected, say.
    #[error("the server refused the call: {0}")]
    Refused(String),
    /// The server does not know the assignation any more: it was restarted and had kept it in memory. Whether the
    /// function ran to its end is not known; call again if it may run twice.
    #[error(
        "the server no longer knows the assignation {assignation}: it has lost its data, by a restart say"
    )]
    Lost {
        /// The id it had.
        assignation: String,
    },
    /// Events were lost that the server does not keep: what the call returned is not known completely.
    #[error("events of the assignation {assignation} were lost; its returns are not known completely")]
    Lagged {
        /// The assignation.
        assignation: String,
    },
    /// The function ended with DONE and had yielded nothing.
    #[error("the function ended without returning anything")]
    NothingReturned,
    /// The server cannot be reached, or does not answer as a rekuest server does.
    #[error("{context}: {source}")]
    Connection {
        /// What was being done.
        context: String,
        /// What went wrong.
        source: Arc<dyn Error + Send + Sync>,
    },
    /// The function that makes the call was given no implementation for this dependency. The sentence says why.
    #[error("there is no implementation for the dependency `{key}`: {reason}")]
    NotGiven {
        /// The name of the dependency.
        key: String,
        /// Why there is none, and what to do.
        reason: String,
    },
    /// The definition of the called function cannot be written: one of its defaults has no JSON.
    #[error("the definition of the called function cannot be written: {0}")]
    Definition(String),
}

/// The function that a typed stub calls, and what it has to be like once that was needed.
#[doc(hidden)]
#[derive(Debug)]
pub struct ActionRef {
    function: &'static Dependency,
    called: OnceLock<Result<Arc<CalledFunction>, String>>,
}

impl ActionRef {
    /// This function.
    pub const fn new(function: &'static Dependency) -> Self {
        Self { function, called: OnceLock::new() }
    }

    fn target(&self) -> Result<CallTarget, CallError> {
        let called = self.called.get_or_init(|| {
            let demand = self.function.demand().to_buf().map_err(|error| error.to_string())?;
            Ok(Arc::new(CalledFunction { key: self.function.key(), demand }))
        });
        called.clone().map(CallTarget::Function).map_err(CallError::Definition)
    }
}

/// A call that was not made yet: `.await` makes it.
///
/// ```ignore
/// let sum = add::call(&client, 1, 2).timeout(Duration::from_secs(5)).await?;
/// ```
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<'c, R> {
    caller: &'c dyn Caller,
    target: Result<CallTarget, CallError>,
    arguments: BoxFuture<'c, Result<Box<RawValue>, CallError>>,
    options: CallOptions,
    returns: PhantomData<fn() -> R>,
}

impl<'c, R> Call<'c, R> {
    /// A call of `target`; `arguments` makes the object of arguments, or says why they do not fit.
    pub fn new(
        caller: &'c dyn Caller,
        target: CallTarget,
        arguments: impl Future<Output = Result<Box<RawValue>, CallError>> + Send + 'c,
    ) -> Self {
        Self {
            caller,
            target: Ok(target),
            arguments: Box::pin(arguments),
            options: CallOptions::default(),
            returns: PhantomData,
        }
    }

    /// What generated code calls.
    #[doc(hidden)]
    pub fn of(
        caller: &'c dyn Caller,
        action: &'static ActionRef,
        arguments: impl Future<Output = Result<Box<RawValue>, ValueError>> + Send + 'c,
    ) -> Self {
        Self {
            caller,
            target: action.target(),
            arguments: Box::pin(async move { arguments.await.map_err(CallError::Arguments) }),
            options: CallOptions::default(),
            returns: PhantomData,
        }
    }

    /// Gives up after `timeout`, counted from the start of the call to its end, and asks for its cancellation.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Has one of the function's dependencies served by this implementation, by its id, instead of by one that the server
    /// chooses.
    pub fn dependency(mut self, key: impl Into<String>, implementation: impl Into<String>) -> Self {
        self.options.dependencies.insert(key.into(), implementation.into());
        self
    }
}

impl<'c, R: FromReturns + 'c> Call<'c, R> {
    /// Makes the call and blocks the thread until it ends: for blocking functions. Not inside of async code.
    ///
    /// # Errors
    /// Those of the call.
    pub fn wait(self) -> Result<R, CallError> {
        pollster::block_on(self.into_future())
    }
}

impl<'c, R: FromReturns + 'c> IntoFuture for Call<'c, R> {
    type Output = Result<R, CallError>;
    type IntoFuture = BoxFuture<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let caller = self.caller;
        Box::pin(async move {
            let returns = last_yield(caller, self.request().await?).await?;
            let returns = Arguments::parse(&returns).map_err(CallError::Returns)?;
            R::expand_returns(&returns, caller.contexts()).await.map_err(CallError::Returns)
        })
    }
}

/// The items of a call of a generator, as they come. Nothing happens until it is polled; it ends with the call, or with
/// the error that the call ended with. Dropping it gives up the call.
#[must_use = "a call that is not polled is not made"]
pub struct CallStream<'c, R>(State<'c, R>);

enum State<'c, R> {
    Waiting(Option<Call<'c, R>>),
    Running(BoxStream<'c, Result<R, CallError>>),
}

impl<'c, R> Call<'c, R> {
    /// The items of a generator, as they come.
    pub fn stream(self) -> CallStream<'c, R> {
        CallStream(State::Waiting(Some(self)))
    }
}

impl<'c, R> CallStream<'c, R> {
    fn with(self, change: impl FnOnce(Call<'c, R>) -> Call<'c, R>) -> Self {
        match self.0 {
            State::Waiting(call) => Self(State::Waiting(call.map(change))),
            running => Self(running),
        }
    }

    /// Gives up after `timeout`, counted from the start of the call to its end, and asks for its cancellation. Has no
    /// effect on a call that has started.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.with(|call| call.timeout(timeout))
    }

    /// Has one of the generator's dependencies served by this implementation, by its id. Has no effect on a call that has
    /// started.
    pub fn dependency(self, key: impl Into<String>, implementation: impl Into<String>) -> Self {
        self.with(|call| call.dependency(key, implementation))
    }
}

impl<'c, R: FromReturns + 'c> Stream for CallStream<'c, R> {
    type Item = Result<R, CallError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let State::Waiting(call) = &mut self.0 {
            let Some(call) = call.take() else { return Poll::Ready(None) };
            self.0 = State::Running(call.items());
        }
        match &mut self.0 {
            State::Running(items) => items.poll_next_unpin(context),
            State::Waiting(_) => Poll::Ready(None),
        }
    }
}

impl<R> fmt::Debug for CallStream<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            State::Waiting(_) => "CallStream(waiting)",
            State::Running(_) => "CallStream(running)",
        })
    }
}

impl<'c, R: FromReturns + 'c> Call<'c, R> {
    /// Writes the arguments.
    async fn request(self) -> Result<CallRequest, CallError> {
        let Self { target, arguments, options, .. } = self;
        Ok(CallRequest { target: target?, args: arguments.await?, options })
    }

    fn items(self) -> BoxStream<'c, Result<R, CallError>> {
        let caller = self.caller;
        let starting = async move { caller.start(self.request().await?).await };
        let items = starting.map_ok(move |events| {
            try_unfold(events, move |mut events| async move {
                while let Some(event) = events.next().await? {
                    if let CallEvent::Yield(returns) = event {
                        let returns = Arguments::parse(&returns).map_err(CallError::Returns)?;
                        let item = R::expand_returns(&returns, caller.contexts()).await;
                        return Ok(Some((item.map_err(CallError::Returns)?, events)));
                    }
                }
                Ok(None)
            })
        });
        Box::pin(items.try_flatten_stream())
    }
}

/// Waits for the end of a call, for what it yielded. Not generic: it is compiled once, not once a function.
async fn last_yield(caller: &dyn Caller, request: CallRequest) -> Result<Box<RawValue>, CallError> {
    let mut events = caller.start(request).await?;
    let mut returns = None;
    while let Some(event) = events.next().await? {
        if let CallEvent::Yield(yielded) = event {
            returns = Some(yielded);
        }
    }
    returns.ok_or(CallError::NothingReturned)
}

impl<R> fmt::Debug for Call<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("target", &self.target)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
