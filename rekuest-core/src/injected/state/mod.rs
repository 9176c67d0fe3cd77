//! States: what an app shows of itself, and who changes it.
//!
//! A state is a struct in the memory of the app. Functions change it, and every change reaches the server as a patch; the
//! server shows it to whoever watches. Here is the value itself: [`State`], what functions take, and the cell behind it.
//! Sending is the agent's work, see [`Publisher`].

mod cell;

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::{Injected, Missing, Need, Needed};
use crate::Contexts;
use crate::invocation::{Host, Invocation};
use crate::json::JsonWriter;
use crate::port::Port;
use crate::value::ValueError;

pub(crate) use cell::Cell;
pub use cell::{AnyState, Publisher};

/// A struct that an app shows of itself, as [`State`]: `#[derive(State)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a state",
    label = "does not implement `StateType`",
    note = "write `#[derive(Clone, State)]` on the struct `{Self}`"
)]
pub trait StateType: Clone + Send + Sync + Sized + 'static {
    /// The name of its schema, and the name under which the app has it; one of a kind in an app.
    const NAME: &'static str;

    /// Its fields.
    const PORTS: &'static [Port];

    /// The group of functions that take it, of which one runs at a time. Those that take it as `ReadOnly<State<T>>`, or
    /// say `ungrouped`, are not in it.
    const GROUP: Option<&'static str> = None;

    /// Reads it from the object of its fields.
    ///
    /// # Errors
    /// When a field does not fit, or is missing and has no default.
    fn expand_state(
        value: &RawValue,
        contexts: &Contexts,
    ) -> impl Future<Output = Result<Self, ValueError>> + Send;

    /// Writes the object of its fields.
    ///
    /// # Errors
    /// When a field has no JSON, such as a FLOAT that is not a number.
    fn shrink_state(
        self,
        out: &mut JsonWriter,
        contexts: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send;
}

/// The app's state of type `T`: a parameter of functions and hooks, which is no port. A function that takes one is
/// stateful.
///
/// ```ignore
/// /// How much was counted.
/// #[derive(Clone, State)]
/// struct Counter {
///     count: i64,
/// }
///
/// #[register]
/// fn inc(counter: State<Counter>, #[port(default = 1)] by: i64) -> i64 {
///     counter.update(|counter| {
///         counter.count += by;
///         counter.count
///     })
/// }
/// ```
///
/// Updates happen one after the other, and none is lost. What a function has changed is at the server before its YIELD,
/// unless that takes longer than two seconds (protocol, section 2); a function never fails because of it. It is cheap to
/// clone.
pub struct State<T> {
    cell: Arc<Cell<T>>,
    /// The assignation that changes it here.
    host: Option<Arc<dyn Host>>,
}

impl<T: StateType> State<T> {
    /// A state that no server sees: for calling the plain function, in a test say.
    pub fn new(value: T) -> Self {
        Self { cell: Arc::new(Cell::new(value)), host: None }
    }

    pub(crate) fn of(cell: Arc<Cell<T>>) -> Self {
        Self { cell, host: None }
    }

    /// What it is now. What changes later changes another value.
    pub fn read(&self) -> Arc<T> {
        self.cell.read()
    }

    /// Changes it. `change` has it for itself: updates from elsewhere wait, so it should be quick. What reads meanwhile
    /// reads the value before.
    ///
    /// # Panics
    /// When `change` panics, and then nothing is changed; and when it updates the same state itself.
    pub fn update<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let (returned, version) = self.cell.update(change);
        self.changed(version);
        returned
    }

    /// Changes it, unless `change` fails: then nothing is changed.
    ///
    /// # Errors
    /// Those of `change`.
    ///
    /// # Panics
    /// As [`update`](Self::update).
    pub fn try_update<R, E>(&self, change: impl FnOnce(&mut T) -> Result<R, E>) -> Result<R, E> {
        let (returned, version) = self.cell.try_update(change)?;
        self.changed(version);
        Ok(returned)
    }

    /// Sends what is not sent yet. Updates do so by themselves; it is for what has changed inside of a value without an
    /// update, in an atomic say, and for waiting: awaited, it says whether the server has it, for which it waits two seconds
    /// at most. Where it has not, it is sent again until it has.
    #[must_use = "it sends by itself; awaited, it says whether the server has it: `let _ = …` says that nobody waits"]
    pub fn publish(&self) -> impl Future<Output = bool> + Send + use<T> {
        let cell = Arc::clone(&self.cell);
        let version = cell.touch();
        self.changed(version);
        async move { cell.published(version).await }
    }

    /// The twin of [`publish`](Self::publish) for blocking functions.
    pub fn blocking_publish(&self) -> bool {
        pollster::block_on(self.publish())
    }

    /// The assignation that changes it waits, before it yields, until the server knows.
    fn changed(&self, version: u64) {
        if let Some(host) = &self.host {
            let state: Arc<dyn AnyState> = Arc::clone(&self.cell) as Arc<dyn AnyState>;
            host.changed(state, version);
        }
    }

    pub(super) fn within(self, invocation: &Invocation) -> Self {
        Self { host: Some(invocation.host()), ..self }
    }
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        Self { cell: Arc::clone(&self.cell), host: self.host.clone() }
    }
}

impl<T: StateType + fmt::Debug> fmt::Debug for State<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("State").field(&self.read()).finish()
    }
}

impl<T: StateType> Injected for State<T> {
    const NEED: Option<Need> = Some(Need::state::<T>());

    fn find(app: &Contexts) -> Result<Self, Missing> {
        app.state().ok_or_else(|| Missing { needed: Needed::state::<T>() })
    }
}

/// Fails to compile where a state holds what is kept in memory: each of its versions would be kept.
#[doc(hidden)]
#[track_caller]
pub const fn shown(ports: &'static [Port]) -> &'static [Port] {
    assert!(
        !Port::keep_memory(ports),
        "a state cannot hold a `Memory<T>`: every change would put the value into a new drawer; hold what tells people \
         about it, and keep the value in a `Ctx<T>`"
    );
    ports
}
