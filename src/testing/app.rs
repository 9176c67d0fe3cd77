//! Several functions together.

use std::num::NonZeroUsize;
use std::sync::Arc;

use rekuest_agent::Drawer;
use rekuest_agent::offline::Offline;
use rekuest_core::__private::Sent;
use rekuest_core::{FromReturns, Function, Hook, Memorable, Memory, RegisteredFunction, State, StateType};

use super::call::Provider;
use super::{TestCall, TestError};
use crate::{App, AppError, Args};

/// An app without a server, before it is started.
///
/// Its functions share contexts, limits and groups, and each may take what another keeps in [`Memory`]:
///
/// ```
/// use rekuest::prelude::*;
/// use rekuest::testing::TestApp;
///
/// #[derive(Memorable)]
/// #[memorable(identifier = "@lab/image")]
/// struct Image(Vec<u8>);
///
/// /// Takes an image.
/// #[register]
/// fn snap(size: usize) -> Memory<Image> {
///     Memory::new(Image(vec![1; size]))
/// }
///
/// /// Adds up its pixels.
/// #[register]
/// fn brightness(image: Memory<Image>) -> Result<u64, rekuest::NotHere> {
///     Ok(image.get()?.0.iter().map(|pixel| u64::from(*pixel)).sum())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let app = TestApp::new().function(&snap::IMPLEMENTATION).function(&brightness::IMPLEMENTATION).start().await?;
/// let image = app.call::<snap>((100,)).await?.value;
/// assert_eq!(app.call::<brightness>((image,)).await?.value, 100);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "an app does nothing until it is started"]
pub struct TestApp(App);

/// The app that a program provides, tested as it is. What is said of its server (url, token, pace, …) changes nothing.
impl From<App> for TestApp {
    fn from(app: App) -> Self {
        Self(app)
    }
}

impl Default for TestApp {
    fn default() -> Self {
        Self::new()
    }
}

impl TestApp {
    /// An app without functions.
    pub fn new() -> Self {
        Self(App::new("test"))
    }

    /// The same app with one more function; as [`App::function`].
    pub fn function(self, function: impl Into<Function>) -> Self {
        Self(self.0.function(function))
    }

    /// The same app with all functions with `#[register]` that are linked into the test, and all its hooks.
    pub fn linked(self) -> Self {
        Self(self.0.linked())
    }

    /// The same app with one more hook; as [`App::hook`].
    pub fn hook(self, hook: impl Into<Hook>) -> Self {
        Self(self.0.hook(hook))
    }

    /// The same app with a value that its functions share; as [`App::context`].
    pub fn context<T: Send + Sync + 'static>(self, value: T) -> Self {
        Self(self.0.context(value))
    }

    /// The same app with a state; as [`App::state`].
    pub fn state<T: StateType>(self, value: T) -> Self {
        Self(self.0.state(value))
    }

    /// The same app with values of at most so many bytes in memory; as [`App::shelf_budget`].
    pub fn shelf_budget(self, bytes: usize) -> Self {
        Self(self.0.shelf_budget(bytes))
    }

    /// The same app with at most so many assignations at once; as [`App::concurrency`].
    pub fn concurrency(self, limit: NonZeroUsize) -> Self {
        Self(self.0.concurrency(limit))
    }

    /// The same app with at most so many blocking functions at once; as [`App::blocking_threads`].
    pub fn blocking_threads(self, limit: NonZeroUsize) -> Self {
        Self(self.0.blocking_threads(limit))
    }

    /// The same app with messages of at most so many bytes; as [`App::max_message`].
    pub fn max_message(self, bytes: usize) -> Self {
        Self(self.0.max_message(bytes))
    }

    /// Starts it, on the runtime of the test: its startup functions run, and its background functions begin.
    ///
    /// # Errors
    /// When its functions cannot be registered together, one was described wrongly, something that they take is missing, or
    /// a startup function fails.
    pub async fn start(self) -> Result<RunningTestApp, TestError> {
        let agent = self.0.offline()?.start().await.map_err(AppError::from)?;
        Ok(RunningTestApp { agent })
    }
}

/// An app that can be called without a server. Cheap to clone. What still runs is cancelled when the last clone and the
/// last of its calls are dropped.
#[derive(Debug, Clone)]
pub struct RunningTestApp {
    agent: Offline,
}

impl RunningTestApp {
    /// A call of a registered function of this app.
    pub fn call<F>(&self, arguments: F::Arguments) -> TestCall<F::Returns>
    where
        F: RegisteredFunction<Arguments: Send + 'static, Sent: Sent, Returns: FromReturns + 'static>,
    {
        TestCall::of::<F>(Provider::App(self.agent.clone()), arguments)
    }

    /// A call of a registered generator of this app; its value is the list of its items.
    pub fn stream<F>(&self, arguments: F::Arguments) -> TestCall<Vec<F::Returns>>
    where
        F: RegisteredFunction<Arguments: Send + 'static, Sent: Sent, Returns: FromReturns + 'static>,
    {
        self.call::<F>(arguments).all()
    }

    /// A call that says at run time what it calls and with what, as callers in other languages do:
    ///
    /// ```
    /// use rekuest::prelude::*;
    /// use rekuest::testing::TestApp;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let app = TestApp::new().function(Function::blocking("add", ["a", "b"], |a: i64, b: i64| a + b)).start().await?;
    /// let sum = app.assign::<i64>("add", args! { a: 1, b: 2 }).await?;
    /// assert_eq!(sum.value, 3);
    ///
    /// let error = app.assign::<i64>("add", args! { a: 1, b: "two" }).await.expect_err("a mistake");
    /// assert_eq!(error.message(), Some(r#"b: expected INT, got "two""#));
    /// # Ok(())
    /// # }
    /// ```
    pub fn assign<R: FromReturns + 'static>(&self, interface: impl Into<String>, args: Args) -> TestCall<R> {
        TestCall::untyped(self.agent.clone(), interface.into(), args)
    }

    pub(super) fn into_agent(self) -> Offline {
        self.agent
    }

    /// The shared value of this type, if the app has one.
    pub fn context<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.agent.contexts().get()
    }

    /// The state of this type, if the app has one.
    pub fn state<T: StateType>(&self) -> Option<State<T>> {
        self.agent.contexts().state()
    }

    /// What is kept in memory, oldest first.
    pub fn shelf(&self) -> Vec<Drawer> {
        self.agent.shelf()
    }

    /// Empties the drawer of a value that a function of this app returned, as a server does when nobody needs it any
    /// more. A new value has none.
    pub fn collect<T: Memorable>(&self, memory: &Memory<T>) {
        self.agent.collect(memory.drawer());
    }

    /// Ends it as an app ends: what still runs is cancelled, background functions end, shutdown functions run.
    ///
    /// # Errors
    /// When a background function with `on_failure = stop` had failed.
    pub async fn shutdown(self) -> Result<(), TestError> {
        self.agent.shutdown().await.map_err(|error| TestError::App(error.into()))
    }

    /// Waits until no code of its functions runs any more: also not of blocking ones that were cancelled and go on.
    pub async fn idle(&self) {
        self.agent.idle().await;
    }
}
