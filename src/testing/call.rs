//! A call, before it is made.

use std::fmt;
use std::future::IntoFuture;

use futures_util::future::BoxFuture;
use rekuest_agent::offline::{AssignOptions, Offline};
use rekuest_core::__private::Sent;
use rekuest_core::registered::written;
use rekuest_core::{FromReturns, Function, RegisteredFunction, ValueError};
use serde_json::value::RawValue;

use super::gather::Gather;
use super::{Outcome, RunningCall, TestApp, TestError};
use crate::Args;

/// Writes the arguments, with what the app shares.
type Arguments =
    Box<dyn FnOnce(Offline) -> BoxFuture<'static, Result<Box<RawValue>, ValueError>> + Send + 'static>;

/// A call that was not made yet: `.await` makes it and waits for its [`Outcome`], [`start`](Self::start) only makes it.
///
/// What a function learns from its [`Task`](crate::Task) is nothing, unless it is said here:
///
/// ```
/// use rekuest::prelude::*;
/// use rekuest::testing;
///
/// /// Who calls?
/// #[register]
/// fn who(task: Task) -> Option<String> {
///     task.user().map(str::to_owned)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// assert_eq!(testing::call::<who>(()).user("7").await?.value.as_deref(), Some("7"));
/// # Ok(())
/// # }
/// ```
#[must_use = "a call does nothing until it is awaited or started"]
pub struct TestCall<V> {
    provider: Provider,
    interface: String,
    arguments: Arguments,
    options: AssignOptions,
    gather: Gather<V>,
}

/// Who runs a call.
pub(super) enum Provider {
    /// An app with this function alone.
    Alone(Function),
    App(Offline),
}

impl<R: FromReturns + 'static> TestCall<R> {
    pub(super) fn of<F>(provider: Provider, arguments: F::Arguments) -> Self
    where
        F: RegisteredFunction<Arguments: Send + 'static, Sent: Sent, Returns = R>,
    {
        Self {
            provider,
            interface: F::IMPLEMENTATION.interface.to_owned(),
            arguments: Box::new(move |agent| {
                Box::pin(async move { written::<F>(arguments, agent.contexts()).await })
            }),
            options: AssignOptions::default(),
            gather: Gather::one(),
        }
    }

    pub(super) fn untyped(agent: Offline, interface: String, args: Args) -> Self {
        let function = agent.function(&interface).cloned();
        let ports =
            function.and_then(|function| function.definition().ok()).map(|definition| definition.args);
        Self {
            provider: Provider::App(agent),
            interface,
            arguments: Box::new(move |_| {
                Box::pin(std::future::ready(args.into_object(&ports.unwrap_or_default())))
            }),
            options: AssignOptions::default(),
            gather: Gather::one(),
        }
    }

    /// The same call of a generator: its value is the list of all items, and not the last one.
    pub fn all(self) -> TestCall<Vec<R>> {
        let Self { provider, interface, arguments, options, gather: _ } = self;
        TestCall { provider, interface, arguments, options, gather: Gather::all() }
    }
}

impl<V> TestCall<V> {
    /// By the user with this id.
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.options.user = Some(user.into());
        self
    }

    /// By the app with this id.
    pub fn app(mut self, app: impl Into<String>) -> Self {
        self.options.app = Some(app.into());
        self
    }

    /// By a user of this organization.
    pub fn org(mut self, org: impl Into<String>) -> Self {
        self.options.org = Some(org.into());
        self
    }

    /// With the caller's own name for it.
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.options.reference = Some(reference.into());
        self
    }

    /// By another call, with this [id](RunningCall::id): it is interrupted with that one.
    pub fn parent(mut self, parent: impl Into<String>) -> Self {
        self.options.parent = Some(parent.into());
        self
    }

    /// With everything that is traced, whatever its level, and what is printed where the app sends that.
    pub fn capture(mut self) -> Self {
        self.options.capture = true;
        self
    }

    /// With an implementation for one of the function's dependencies, by its interface in the app of the test. Those that are
    /// not named are found among the functions of that app.
    pub fn dependency(mut self, key: impl Into<String>, implementation: impl Into<String>) -> Self {
        self.options.dependencies.insert(key.into(), implementation.into());
        self
    }

    /// Makes the call, and returns while it runs, or waits for its turn.
    ///
    /// # Errors
    /// When it cannot be made: an argument has no JSON, or the function cannot be registered.
    pub async fn start(self) -> Result<RunningCall<V>, TestError> {
        let agent = match self.provider {
            Provider::App(agent) => agent,
            Provider::Alone(function) => TestApp::new().function(function).start().await?.into_agent(),
        };
        let args = (self.arguments)(agent.clone()).await.map_err(TestError::NotWritten)?;
        Ok(RunningCall::new(agent.assign(self.interface, args, self.options), self.gather))
    }
}

impl<V: Send + 'static> IntoFuture for TestCall<V> {
    type Output = Result<Outcome<V>, TestError>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.start().await?.outcome().await })
    }
}

impl<V> fmt::Debug for TestCall<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestCall").field("interface", &self.interface).finish_non_exhaustive()
    }
}
