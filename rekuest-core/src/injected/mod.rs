//! What a function takes of its app instead of of its caller: shared values, states, the end of the app.
//!
//! It is found by its type and no port, so it is neither in the definition nor in a call. What a function needs is a
//! constant beside it, so that an app in which something is missing says so when it starts, not when it is called.

mod context;
mod need;
mod read_only;
mod state;
mod stop;

pub use context::{Context, Ctx};
pub use need::{Need, NeedKind, Needed};
pub use read_only::ReadOnly;
pub(crate) use state::Cell;
pub use state::{AnyState, Publisher, State, StateType, shown};
pub use stop::Stop;

use crate::Contexts;
use crate::arguments::{Arguments, Parameter};
use crate::invocation::{Failure, Invocation};
use crate::port::Port;

/// Something that the app gives to its functions and hooks, found by its type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given by the app",
    label = "this is not what an app has",
    note = "what an app has is taken as `Ctx<T>`, `State<T>`, `ReadOnly<…>` of one of these, and by hooks as `Stop`; another type of such a name is imported under another name: `use path::to::State as Other;`"
)]
pub trait Injected: Sized + Send + 'static {
    /// What the app has to have; none for what every app has.
    const NEED: Option<Need>;

    /// Finds it.
    ///
    /// # Errors
    /// When the app does not have it. An agent looks for what its functions and hooks need before it starts, so this
    /// happens only outside of one.
    fn find(app: &Contexts) -> Result<Self, Missing>;
}

/// A function or a hook needs something of its app that nothing gives.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the app has no {needed}; {}", .needed.remedy())]
pub struct Missing {
    /// What is missing.
    pub needed: Needed,
}

/// What is injected into functions as well as into hooks.
macro_rules! parameter {
    ($($bound:ident => $ty:ty),+) => {$(
        impl<T: $bound> Parameter for $ty {
            const PORT: Option<Port> = None;
            const NEED: Option<Need> = <Self as Injected>::NEED;

            async fn take(invocation: &Invocation, _: &Arguments<'_>, _: &'static str) -> Result<Self, Failure> {
                let found = <Self as Injected>::find(invocation.contexts());
                found.map(|found| found.within(invocation)).map_err(|missing| Failure::Failed(missing.to_string()))
            }
        }
    )+};
}

parameter!(
    Context => Ctx<T>, StateType => State<T>, Context => ReadOnly<Ctx<T>>, StateType => ReadOnly<State<T>>
);
