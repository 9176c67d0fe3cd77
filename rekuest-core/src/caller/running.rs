//! The handle of a call that runs.

use std::fmt;
use std::marker::PhantomData;

use futures_util::{Stream, stream};
use serde_json::value::RawValue;

use super::{CallError, CallEvent, CallEvents, Entering, Instruction};
use crate::Contexts;
use crate::arguments::Arguments;
use crate::returns::FromReturns;

/// A call that the server has accepted, whose returns are read as `R`. [`Call::start`](super::Call::start) makes it.
///
/// It is followed by reading it, with [`next`](Self::next), [`events`](Self::events) or [`result`](Self::result). Dropping it
/// cancels the call; [`detach`](Self::detach) leaves it to itself.
#[must_use = "dropping a running call cancels it"]
pub struct Running<R> {
    events: Box<dyn CallEvents>,
    contexts: Contexts,
    /// What was yielded last.
    last: Option<Box<RawValue>>,
    /// Whether `last` was not read yet: reading it was begun and given up.
    unread: bool,
    failed: Option<CallError>,
    returns: PhantomData<fn() -> R>,
}

impl<R> Running<R> {
    /// What is told of a call, whose returns are read as `R` with these shared values.
    pub fn new(events: Box<dyn CallEvents>, contexts: Contexts) -> Self {
        Self { events, contexts, last: None, unread: false, failed: None, returns: PhantomData }
    }

    /// The id that the server gave the call.
    pub fn assignation(&self) -> &str {
        self.events.assignation()
    }

    /// Asks for the cancellation of the call. It ends with [`CallError::Cancelled`] once the agent has done so; until then
    /// its events go on.
    ///
    /// This and its siblings do not borrow the handle, so that its events can be read meanwhile; nothing is sent until
    /// they are awaited.
    ///
    /// # Errors
    /// When the server cannot be reached, or refuses.
    pub fn cancel(&self) -> impl Future<Output = Result<(), CallError>> + Send + use<R> {
        self.events.instruct(Instruction::Cancel)
    }

    /// Asks for the end of the call at once, with all that it has called. It ends with [`CallError::Interrupted`].
    ///
    /// # Errors
    /// [`CallError::Unsupported`] where the server cannot do it, before anything is sent; else when the server cannot be
    /// reached, or refuses.
    pub fn interrupt(&self) -> impl Future<Output = Result<(), CallError>> + Send + use<R> {
        self.events.instruct(Instruction::Interrupt)
    }

    /// Asks for the call to halt at its next breakpoint.
    ///
    /// # Errors
    /// As [`interrupt`](Self::interrupt).
    pub fn pause(&self) -> impl Future<Output = Result<(), CallError>> + Send + use<R> {
        self.events.instruct(Instruction::Pause)
    }

    /// Asks for a paused call to go on.
    ///
    /// # Errors
    /// As [`interrupt`](Self::interrupt).
    pub fn resume(&self) -> impl Future<Output = Result<(), CallError>> + Send + use<R> {
        self.events.instruct(Instruction::Resume)
    }

    /// Asks for a paused call to go on to its next breakpoint.
    ///
    /// # Errors
    /// As [`interrupt`](Self::interrupt).
    pub fn step(&self) -> impl Future<Output = Result<(), CallError>> + Send + use<R> {
        self.events.instruct(Instruction::Step)
    }

    /// Leaves the call to itself: it goes on, and nobody hears of it here. Returns its id.
    pub fn detach(self) -> String {
        self.events.detach()
    }

    pub(super) fn entering(&self) -> Entering {
        self.events.entering()
    }

    async fn follow(&mut self) -> Result<Option<CallEvent>, CallError> {
        self.events.next().await.inspect_err(|error| self.failed = Some(error.clone()))
    }
}

impl<R: FromReturns> Running<R> {
    /// The next event; none once the call has ended with DONE. Cancel-safe: nothing is lost when it is dropped.
    ///
    /// # Errors
    /// Every other end of the call, after which nothing more comes; and [`CallError::Returns`] for what was yielded and
    /// is no `R`, after which the call goes on.
    pub async fn next(&mut self) -> Result<Option<CallEvent<R>>, CallError> {
        if !self.unread {
            let Some(event) = self.follow().await? else { return Ok(None) };
            match event {
                CallEvent::Yield(returns) => self.last = Some(returns),
                CallEvent::Progress { percent, message } => {
                    return Ok(Some(CallEvent::Progress { percent, message }));
                }
                CallEvent::Log { level, message } => return Ok(Some(CallEvent::Log { level, message })),
                CallEvent::Disconnected => return Ok(Some(CallEvent::Disconnected)),
                CallEvent::Unreachable => return Ok(Some(CallEvent::Unreachable)),
            }
        }
        self.unread = true;
        let read = read(self.last.as_deref(), &self.contexts).await;
        self.unread = false;
        read.map(|value| Some(CallEvent::Yield(value)))
    }

    /// The events as a stream. It ends after DONE, or with the first error.
    pub fn events(&mut self) -> impl Stream<Item = Result<CallEvent<R>, CallError>> + Send + '_ {
        stream::unfold(Some(self), |running| async move {
            let running = running?;
            match running.next().await {
                Ok(event) => event.map(|event| (Ok(event), Some(running))),
                Err(error) => Some((Err(error), None)),
            }
        })
    }

    /// Waits for the end of the call, for what it yielded last, whether that was looked at before or not.
    ///
    /// # Errors
    /// Every other end than DONE, also if it was told before; and DONE without a YIELD.
    pub async fn result(mut self) -> Result<R, CallError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        while let Some(event) = self.follow().await? {
            if let CallEvent::Yield(returns) = event {
                self.last = Some(returns);
            }
        }
        read(self.last.as_deref(), &self.contexts).await
    }
}

/// Reads what was yielded last.
async fn read<R: FromReturns>(last: Option<&RawValue>, contexts: &Contexts) -> Result<R, CallError> {
    let returns = last.ok_or(CallError::NothingReturned)?;
    let returns = Arguments::parse(returns).map_err(CallError::Returns)?;
    R::expand_returns(&returns, contexts).await.map_err(CallError::Returns)
}

impl<R> fmt::Debug for Running<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").field("assignation", &self.assignation()).finish_non_exhaustive()
    }
}
