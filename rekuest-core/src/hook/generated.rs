//! What the code that the hook macros generate calls.

use std::future::{Future, ready};
use std::marker::PhantomData;

use futures_util::future::BoxFuture;

use super::Provision;
use crate::Contexts;
use crate::injected::{Context, Injected, Needed, StateType};
use crate::returns::{Cause, with_sources};

/// What a hook takes, as a list of types: `(A, (B, ()))`.
pub trait AllInjected: Sized + Send + 'static {
    /// Finds them in order.
    ///
    /// # Errors
    /// With a sentence, when the app does not have one.
    fn find(app: &Contexts) -> Result<Self, String>;
}

impl AllInjected for () {
    fn find(_: &Contexts) -> Result<Self, String> {
        Ok(())
    }
}

impl<T: Injected, Rest: AllInjected> AllInjected for (T, Rest) {
    fn find(app: &Contexts) -> Result<Self, String> {
        let first = T::find(app).map_err(|missing| missing.to_string())?;
        Ok((first, Rest::find(app)?))
    }
}

/// What a background or shutdown function evaluates to: nothing, or a `Result` of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be what a hook evaluates to",
    label = "neither `()` nor a `Result` of it",
    note = "a `#[background]` or `#[shutdown]` function returns `()` or `Result<(), E>` where `E: Into<Box<dyn Error + Send + Sync>>`"
)]
pub trait HookOutput {
    /// How it ended.
    ///
    /// # Errors
    /// With the message of the hook's own error and of its sources.
    fn ended(self) -> Result<(), String>;
}

impl HookOutput for () {
    fn ended(self) -> Result<(), String> {
        Ok(())
    }
}

impl<E: Cause> HookOutput for Result<(), E> {
    fn ended(self) -> Result<(), String> {
        self.map_err(|error| with_sources(&*error.into_error()))
    }
}

/// A background or shutdown function that takes `P`, a list, and evaluates to `O`, for types that have passed the check.
///
/// Where they have not, what is called is found in [`UncheckedRuns`], so that a mistake is told once, on the type.
#[derive(Debug)]
pub struct Runs<T>(PhantomData<fn() -> T>);

impl<P: AllInjected, O: HookOutput + 'static> Runs<(P, O)> {
    /// Runs one that may block.
    pub fn block(app: Contexts, hook: fn(P) -> O) -> BoxFuture<'static, Result<(), String>> {
        // Such a hook is run where it may block.
        Box::pin(async move { hook(P::find(&app)?).ended() })
    }

    /// Runs an async one.
    pub fn spawn<F: Future<Output = O> + Send + 'static>(
        app: Contexts,
        hook: fn(P) -> F,
    ) -> BoxFuture<'static, Result<(), String>> {
        Box::pin(async move { hook(P::find(&app)?).await.ended() })
    }
}

/// What [`Runs`] has for types that have not passed the check.
pub trait UncheckedRuns<T> {
    /// Fails.
    fn block<P, O>(_: Contexts, _: fn(P) -> O) -> BoxFuture<'static, Result<(), String>> {
        Box::pin(ready(Err(not_checked())))
    }

    /// Fails.
    fn spawn<P, F>(_: Contexts, _: fn(P) -> F) -> BoxFuture<'static, Result<(), String>> {
        Box::pin(ready(Err(not_checked())))
    }
}

impl<T> UncheckedRuns<T> for Runs<T> {}

/// A startup function that gives `P`, for types that have passed the check.
#[derive(Debug)]
pub struct Starts<P>(PhantomData<fn() -> P>);

impl<P: Provision + 'static> Starts<P> {
    /// Runs one that may block.
    pub fn block(instance: String, hook: fn(String) -> P) -> BoxFuture<'static, Result<Contexts, String>> {
        // Such a hook is run where it may block.
        Box::pin(async move { provided(hook(instance)) })
    }

    /// Runs an async one.
    pub fn spawn<F: Future<Output = P> + Send + 'static>(
        instance: String,
        hook: fn(String) -> F,
    ) -> BoxFuture<'static, Result<Contexts, String>> {
        Box::pin(async move { provided(hook(instance).await) })
    }
}

/// What [`Starts`] has for types that have not passed the check.
pub trait UncheckedStarts<P> {
    /// Fails.
    fn block<O>(_: String, _: fn(String) -> O) -> BoxFuture<'static, Result<Contexts, String>> {
        Box::pin(ready(Err(not_checked())))
    }

    /// Fails.
    fn spawn<F>(_: String, _: fn(String) -> F) -> BoxFuture<'static, Result<Contexts, String>> {
        Box::pin(ready(Err(not_checked())))
    }
}

impl<P> UncheckedStarts<P> for Starts<P> {}

fn not_checked() -> String {
    "a type of the hook cannot be taken or given".to_owned()
}

/// What a startup function has given.
fn provided(given: impl Provision) -> Result<Contexts, String> {
    let mut app = Contexts::default();
    given.give(&mut app)?;
    Ok(app)
}

/// Names what a startup function gives.
pub fn given_by<P: Provision>() -> Vec<Needed> {
    let mut given = Vec::new();
    P::list(&mut given);
    given
}

/// Gives a context: what `derive(Context)` calls.
///
/// # Errors
/// When there is one of this type.
pub fn give_context<T: Context>(value: T, app: &mut Contexts) -> Result<(), String> {
    if app.insert(value) { Ok(()) } else { Err(super::provision::taken(Needed::context::<T>())) }
}

/// Gives a state: what `derive(State)` calls.
///
/// # Errors
/// When there is one of this type.
pub fn give_state<T: StateType>(value: T, app: &mut Contexts) -> Result<(), String> {
    if app.insert_state(value) { Ok(()) } else { Err(super::provision::taken(Needed::state::<T>())) }
}
