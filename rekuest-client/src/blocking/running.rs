//! A call that runs and whose returns have no type here, for code that blocks.

use std::fmt;

use rekuest_core::CallError;
use rekuest_core::caller::{CallEvent, Instruction};
use serde_json::value::RawValue;
use tokio::runtime::Handle;
use uuid::Uuid;

use super::{Running, wait};
use crate::client::inside;

/// A [`RunningCall`](crate::RunningCall) for code that blocks: the thread waits for what happens. Dropping it cancels the
/// call, unless it was [attached](super::Client::attach) to; [`detach`](Self::detach) leaves it to itself.
#[must_use = "dropping a running call cancels it, unless it was attached to"]
pub struct RunningCall {
    call: crate::RunningCall,
    runtime: Handle,
}

impl From<crate::RunningCall> for RunningCall {
    fn from(call: crate::RunningCall) -> Self {
        let runtime = call.runtime().clone();
        Self { call, runtime }
    }
}

impl RunningCall {
    /// The id that the server gave the call.
    pub fn assignation(&self) -> &str {
        self.call.assignation()
    }

    /// The name that its caller gave the call.
    pub fn reference(&self) -> Uuid {
        self.call.reference()
    }

    /// Waits for the next event; none once the call has ended with DONE.
    ///
    /// # Errors
    /// Every other end of the call. After an end, nothing more comes.
    #[allow(clippy::should_implement_trait, reason = "the events are an iterator of their own")]
    pub fn next(&mut self) -> Result<Option<CallEvent>, CallError> {
        wait(inside(self.runtime.clone(), self.call.next()))
    }

    /// The events, each waited for. They end after DONE, or with the first error.
    pub fn events(&mut self) -> impl Iterator<Item = Result<CallEvent, CallError>> + '_ {
        // After an end there is nothing more, so neither is there after an error.
        std::iter::from_fn(|| self.next().transpose())
    }

    /// Waits for the end of the call, for the last object of returns that it yielded.
    ///
    /// # Errors
    /// Every other end than DONE, and DONE without a YIELD.
    pub fn returns(self) -> Result<Box<RawValue>, CallError> {
        wait(inside(self.runtime, self.call.returns()))
    }

    /// Asks the server to have the call cancelled.
    ///
    /// # Errors
    /// When the server cannot be reached, or refuses.
    pub fn cancel(&self) -> Result<(), CallError> {
        self.instruct(Instruction::Cancel)
    }

    /// Asks for the end of the call at once, with all that it has called.
    ///
    /// # Errors
    /// As [`instruct`](Self::instruct).
    pub fn interrupt(&self) -> Result<(), CallError> {
        self.instruct(Instruction::Interrupt)
    }

    /// Asks for the call to halt at its next breakpoint.
    ///
    /// # Errors
    /// As [`instruct`](Self::instruct).
    pub fn pause(&self) -> Result<(), CallError> {
        self.instruct(Instruction::Pause)
    }

    /// Asks for a paused call to go on.
    ///
    /// # Errors
    /// As [`instruct`](Self::instruct).
    pub fn resume(&self) -> Result<(), CallError> {
        self.instruct(Instruction::Resume)
    }

    /// Asks for a paused call to go on to its next breakpoint.
    ///
    /// # Errors
    /// As [`instruct`](Self::instruct).
    pub fn step(&self) -> Result<(), CallError> {
        self.instruct(Instruction::Step)
    }

    /// Asks the server to tell the agent what is to become of the call.
    ///
    /// # Errors
    /// [`CallError::Unsupported`], before anything is sent, where the server does not say that it can do it; else when the
    /// server cannot be reached, or refuses.
    pub fn instruct(&self, instruction: Instruction) -> Result<(), CallError> {
        wait(inside(self.runtime.clone(), self.call.instruct(instruction)))
    }

    /// The same call with its returns read as `R`.
    pub fn typed<R>(self) -> Running<R> {
        self.call.typed().into()
    }

    /// Leaves the call to itself: it goes on, and nobody hears of it here. Returns its id.
    pub fn detach(self) -> String {
        self.call.detach()
    }
}

impl fmt::Debug for RunningCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}
