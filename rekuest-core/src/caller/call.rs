//! A call that was not made yet.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::options::option_methods;
use super::{
    CallError, CallEvent, CallHook, CallHookKind, CallOptions, CallRequest, CallStream, CallTarget,
    CalledFunction, Caller, Entering, OnDisconnect, Running,
};
use crate::arguments::Arguments;
use crate::dependency::Dependency;
use crate::returns::FromReturns;
use crate::value::ValueError;

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

/// A call that was not made yet: `.await` makes it, and gives what it returns. [`start`](Self::start) makes it and gives a
/// handle; [`stream`](Self::stream) gives its items as they come.
///
/// ```ignore
/// let sum = add::call(&client, 1, 2).timeout(Duration::from_secs(5)).await?;
/// ```
///
/// Dropped before its end, what `.await` waits for is cancelled.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<'c, R> {
    pub(super) caller: &'c dyn Caller,
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

    pub(super) fn with(mut self, change: impl FnOnce(&mut CallOptions)) -> Self {
        change(&mut self.options);
        self
    }

    option_methods!();

    /// Makes it in this way, in place of everything that was said before.
    pub fn options(self, options: CallOptions) -> Self {
        self.with(|former| *former = options)
    }

    /// The items of a generator, as they come.
    pub fn stream(self) -> CallStream<'c, R> {
        CallStream::new(self)
    }

    pub(super) fn entering(&self) -> Entering {
        self.caller.entering()
    }

    /// Writes the arguments.
    pub(super) async fn request(self) -> Result<CallRequest, CallError> {
        let Self { target, arguments, options, .. } = self;
        Ok(CallRequest { target: target?, args: arguments.await?, options })
    }
}

impl<'c, R: FromReturns + 'c> Call<'c, R> {
    /// Makes the call, and returns once the server has accepted it: with a handle that tells what happens to it and can
    /// cancel it. The handle lives on its own, without the caller.
    ///
    /// ```ignore
    /// let mut running = scan::call(&client, 100).start().await?;
    /// while let Some(event) = running.next().await? {
    ///     println!("{event:?}");
    /// }
    /// ```
    ///
    /// # Errors
    /// When the arguments do not fit, the server cannot be reached or refuses the call, or the timeout passes. Nothing
    /// runs then, unless the error says that it is not known.
    pub async fn start(self) -> Result<Running<R>, CallError> {
        let caller = self.caller;
        let events = caller.start(self.request().await?).await?;
        Ok(Running::new(events, caller.contexts().clone()))
    }

    /// Makes the call and leaves it to itself, once the server has accepted it. Returns the id of its assignation.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub async fn detach(self) -> Result<String, CallError> {
        let caller = self.caller;
        Ok(caller.start(self.request().await?).await?.detach())
    }

    /// Makes the call and blocks the thread until it ends: for blocking functions, and on a blocking client. Not inside of
    /// async code.
    ///
    /// # Errors
    /// Those of the call.
    pub fn wait(self) -> Result<R, CallError> {
        self.entering().block_on(self.into_future())
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
