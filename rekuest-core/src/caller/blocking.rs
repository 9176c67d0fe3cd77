//! The handle of a call that runs, for code that blocks.

use std::fmt;

use super::{Call, CallError, CallEvent, CallStream, Entering, Running};
use crate::returns::FromReturns;

impl<'c, R: FromReturns + 'c> Call<'c, R> {
    /// Makes the call, and blocks the thread until the server has accepted it: for blocking functions, and on a blocking
    /// client. Not inside of async code.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn blocking_start(self) -> Result<BlockingRunning<R>, CallError> {
        self.entering().block_on(self.start()).map(BlockingRunning::from)
    }

    /// Makes the call, blocks the thread until the server has accepted it, and leaves it to itself. Returns the id of its
    /// assignation.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn blocking_detach(self) -> Result<String, CallError> {
        self.entering().block_on(self.detach())
    }
}

impl<'c, R: FromReturns + 'c> CallStream<'c, R> {
    /// Makes the call, and blocks the thread until the server has accepted it. Not inside of async code.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn blocking_start(self) -> Result<BlockingRunning<R>, CallError> {
        self.entering().block_on(self.start()).map(BlockingRunning::from)
    }
}

/// A [`Running`] call for code that blocks: the thread waits for what happens. [`Call::blocking_start`] makes it.
///
/// Dropping it cancels the call, unless it is of one that was made before and attached to; [`detach`](Self::detach) leaves it to itself.
///
/// ```ignore
/// let mut running = scan::call(&client, 100).blocking_start()?;
/// while let Some(event) = running.next()? {
///     println!("{event:?}");
/// }
/// ```
#[must_use = "dropping a running call cancels it"]
pub struct BlockingRunning<R> {
    running: Running<R>,
    entering: Entering,
}

impl<R> From<Running<R>> for BlockingRunning<R> {
    fn from(running: Running<R>) -> Self {
        Self { entering: running.entering(), running }
    }
}

impl<R> BlockingRunning<R> {
    /// The id that the server gave the call.
    pub fn assignation(&self) -> &str {
        self.running.assignation()
    }

    /// Asks for the cancellation of the call, as [`Running::cancel`].
    ///
    /// # Errors
    /// As there.
    pub fn cancel(&self) -> Result<(), CallError> {
        self.entering.block_on(self.running.cancel())
    }

    /// Asks for the end of the call at once, as [`Running::interrupt`].
    ///
    /// # Errors
    /// As there.
    pub fn interrupt(&self) -> Result<(), CallError> {
        self.entering.block_on(self.running.interrupt())
    }

    /// Asks for the call to halt at its next breakpoint.
    ///
    /// # Errors
    /// As [`Running::pause`].
    pub fn pause(&self) -> Result<(), CallError> {
        self.entering.block_on(self.running.pause())
    }

    /// Asks for a paused call to go on.
    ///
    /// # Errors
    /// As [`Running::resume`].
    pub fn resume(&self) -> Result<(), CallError> {
        self.entering.block_on(self.running.resume())
    }

    /// Asks for a paused call to go on to its next breakpoint.
    ///
    /// # Errors
    /// As [`Running::step`].
    pub fn step(&self) -> Result<(), CallError> {
        self.entering.block_on(self.running.step())
    }

    /// Leaves the call to itself: it goes on, and nobody hears of it here. Returns its id.
    pub fn detach(self) -> String {
        self.running.detach()
    }

    /// The same call for async code.
    pub fn into_async(self) -> Running<R> {
        self.running
    }
}

impl<R: FromReturns> BlockingRunning<R> {
    /// Waits for the next event; none once the call has ended with DONE.
    ///
    /// # Errors
    /// As [`Running::next`].
    #[allow(clippy::should_implement_trait, reason = "the events are an iterator of their own")]
    pub fn next(&mut self) -> Result<Option<CallEvent<R>>, CallError> {
        self.entering.block_on(self.running.next())
    }

    /// The events, each waited for. They end after DONE, or with the first error.
    pub fn events(&mut self) -> impl Iterator<Item = Result<CallEvent<R>, CallError>> + '_ {
        let mut over = false;
        std::iter::from_fn(move || {
            let event = if over { None } else { self.next().transpose() };
            over = !matches!(event, Some(Ok(_)));
            event
        })
    }

    /// Waits for the end of the call, for what it yielded last, whether that was looked at before or not.
    ///
    /// # Errors
    /// As [`Running::result`].
    pub fn result(self) -> Result<R, CallError> {
        self.entering.block_on(self.running.result())
    }
}

impl<R> fmt::Debug for BlockingRunning<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingRunning").field(&self.running).finish()
    }
}
