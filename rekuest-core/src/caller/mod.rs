//! Calling: what the typed stubs need from whoever can reach a server.
//!
//! `add::call(&client, 1, 2)` makes a [`Call`]; nothing happens until it is awaited, or [started](Call::start). What it is
//! called on is a [`Caller`]: a client, or, inside a function, the task.

mod blocking;
mod call;
mod entering;
mod error;
mod options;
mod running;
mod stream;

use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde_json::value::RawValue;

use crate::Contexts;
use crate::demand::DemandBuf;
use crate::message::LogLevel;

pub use blocking::BlockingRunning;
pub use call::{ActionRef, Call};
pub use entering::Entering;
pub use error::CallError;
pub use options::{CallHook, CallHookKind, CallOptions, OnDisconnect};
pub use running::Running;
pub use stream::CallStream;

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

/// What happens to a call on its way to its end. What is yielded is an object of returns as it came, or, as `R`, what was
/// read from it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum CallEvent<R = Box<RawValue>> {
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
    /// Returns: once for a function, once an item for a generator.
    Yield(R),
    /// The agent is away. It may come back and go on; the call is not over. [`OnDisconnect`] says for how long.
    Disconnected,
    /// The server cannot be reached. What happened meanwhile comes once it can; the call is not over.
    Unreachable,
}

/// What can be asked of a call that runs. Its effect is what the agent tells then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instruction {
    /// To end, and clean up.
    Cancel,
    /// To end at once, with the calls that it has made.
    Interrupt,
    /// To halt at its next breakpoint.
    Pause,
    /// To go on.
    Resume,
    /// To go on to its next breakpoint.
    Step,
}

/// The events of one call, in order, and what can be asked of it. Dropped before its end, the call is cancelled.
pub trait CallEvents: Send {
    /// The next event; none once the call has ended with DONE.
    ///
    /// # Errors
    /// Every other end of the call. After an end, nothing more comes.
    fn next(&mut self) -> BoxFuture<'_, Result<Option<CallEvent>, CallError>>;

    /// The id that the server gave the call.
    fn assignation(&self) -> &str;

    /// Asks the server to tell the agent. What is returned does not borrow the call, so that its events can be read
    /// meanwhile; nothing is sent until it is awaited.
    ///
    /// # Errors
    /// When the server cannot be reached, or does not support it.
    fn instruct(&self, instruction: Instruction) -> BoxFuture<'static, Result<(), CallError>>;

    /// Leaves the call to itself: it goes on, and nobody hears of it here. Returns its id.
    fn detach(self: Box<Self>) -> String;

    /// Where blocking code polls what the call needs.
    fn entering(&self) -> Entering {
        Entering::default()
    }
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

    /// Where blocking code polls what a call needs.
    fn entering(&self) -> Entering {
        Entering::default()
    }
}
