//! Contexts: values that the functions of an app share.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::{Injected, Missing, Need, Needed};
use crate::Contexts;
use crate::invocation::Invocation;

/// A value that functions of an app share, as [`Ctx`]: `#[derive(Context)]`.
///
/// An app has one value of each such type. It is made by a `#[startup]` function that returns it, or given to
/// `App::context`. Functions get a reference, so what changes inside of it is its own to guard: with a lock, an atomic, a
/// channel.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context",
    label = "does not implement `Context`",
    note = "write `#[derive(Context)]` on `{Self}`; a type of another crate goes into a struct of your own"
)]
pub trait Context: Send + Sync + 'static {
    /// The group of functions that take it, of which one runs at a time. Those that take it as `ReadOnly<Ctx<T>>`, or say
    /// `ungrouped`, are not in it.
    const GROUP: Option<&'static str> = None;
}

/// The app's value of type `T`: a parameter of functions and hooks, which is no port.
///
/// ```ignore
/// #[derive(Context)]
/// struct Stage {
///     port: Mutex<SerialPort>,
/// }
///
/// #[register]
/// fn move_to(stage: Ctx<Stage>, x: f64) -> Result<(), SerialError> {
///     stage.port.lock()?.send(x)
/// }
/// ```
///
/// It is cheap to clone. That the app has such a value is checked when it starts.
pub struct Ctx<T>(Arc<T>);

impl<T> Ctx<T> {
    /// The value, to be kept or shared on.
    pub fn into_inner(self) -> Arc<T> {
        self.0
    }

    /// It is the same within every invocation.
    pub(super) fn within(self, _: &Invocation) -> Self {
        self
    }
}

/// For calling the plain function, in a test say.
impl<T> From<T> for Ctx<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> From<Arc<T>> for Ctx<T> {
    fn from(value: Arc<T>) -> Self {
        Self(value)
    }
}

impl<T> Deref for Ctx<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Clone for Ctx<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: fmt::Debug> fmt::Debug for Ctx<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ctx").field(&self.0).finish()
    }
}

impl<T: Context> Injected for Ctx<T> {
    const NEED: Option<Need> = Some(Need::context::<T>());

    fn find(app: &Contexts) -> Result<Self, Missing> {
        app.get().map(Self).ok_or_else(|| Missing { needed: Needed::context::<T>() })
    }
}
