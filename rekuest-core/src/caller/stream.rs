//! The items of a generator, as they come.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::stream::{BoxStream, try_unfold};
use futures_util::{Stream, StreamExt as _, TryFutureExt as _};
use uuid::Uuid;

use super::options::option_methods;
use super::{
    Call, CallError, CallEvent, CallHook, CallHookKind, CallOptions, Entering, OnDisconnect, Running,
};
use crate::arguments::Arguments;
use crate::returns::FromReturns;

/// The items of a call of a generator, as they come. Nothing happens until it is polled; it ends with the call, or with
/// the error that the call ended with. Dropping it gives up the call.
///
/// What says how the call is made has no effect once it was polled.
#[must_use = "a call that is not polled is not made"]
pub struct CallStream<'c, R>(State<'c, R>);

enum State<'c, R> {
    Waiting(Option<Box<Call<'c, R>>>),
    Running(BoxStream<'c, Result<R, CallError>>),
}

impl<'c, R> CallStream<'c, R> {
    pub(super) fn new(call: Call<'c, R>) -> Self {
        Self(State::Waiting(Some(Box::new(call))))
    }

    fn with(self, change: impl FnOnce(&mut CallOptions)) -> Self {
        match self.0 {
            State::Waiting(call) => Self(State::Waiting(call.map(|call| Box::new(call.with(change))))),
            running => Self(running),
        }
    }

    option_methods!();
}

impl<'c, R: FromReturns + 'c> CallStream<'c, R> {
    /// Makes the call, and returns once the server has accepted it: with a handle that tells everything that happens to
    /// it, and can cancel it.
    ///
    /// # Errors
    /// As [`Call::start`], and when the stream was polled before.
    pub async fn start(self) -> Result<Running<R>, CallError> {
        match self.0 {
            State::Waiting(Some(call)) => call.start().await,
            State::Waiting(None) | State::Running(_) => Err(CallError::Started),
        }
    }

    /// That of its caller while it is not started.
    pub(super) fn entering(&self) -> Entering {
        match &self.0 {
            State::Waiting(Some(call)) => call.entering(),
            State::Waiting(None) | State::Running(_) => Entering::default(),
        }
    }

    /// The items for code that blocks: the thread waits for each. Not inside of async code.
    pub fn wait(mut self) -> impl Iterator<Item = Result<R, CallError>> {
        let entering = self.entering();
        std::iter::from_fn(move || entering.block_on(self.next()))
    }
}

impl<'c, R: FromReturns + 'c> Stream for CallStream<'c, R> {
    type Item = Result<R, CallError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let State::Waiting(call) = &mut self.0 {
            let Some(call) = call.take() else { return Poll::Ready(None) };
            self.0 = State::Running(items(*call));
        }
        match &mut self.0 {
            State::Running(items) => items.poll_next_unpin(context),
            State::Waiting(_) => Poll::Ready(None),
        }
    }
}

fn items<'c, R: FromReturns + 'c>(call: Call<'c, R>) -> BoxStream<'c, Result<R, CallError>> {
    let caller = call.caller;
    let starting = async move { caller.start(call.request().await?).await };
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

impl<R> fmt::Debug for CallStream<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            State::Waiting(_) => "CallStream(waiting)",
            State::Running(_) => "CallStream(running)",
        })
    }
}
