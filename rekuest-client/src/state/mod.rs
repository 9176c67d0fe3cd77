//! States at the caller: what another app shows of itself, read once or watched.
//!
//! A state is a struct in the memory of an app, whose server shows what it holds to everybody who may see the app. It is
//! found by its name, like a function: the app, the instance of the app, the state. [`StateQuery`] reads it;
//! [`StateWatch`] follows it over a socket of its own, and finds it again whatever happens to the app and the server.

mod error;
mod newest;
mod place;
mod reads;
mod watch;
mod watcher;

use std::fmt;
use std::future::IntoFuture;

use futures_util::future::{BoxFuture, FutureExt as _, ready};
use rekuest_core::{Contexts, StateType, ValueError};
use serde_json::Value;
use serde_json::value::RawValue;

use self::place::Place;
use crate::client::inside;
use crate::graphql::operations::ReadState;
use crate::{Client, blocking};

pub use error::StateError;
pub use watch::StateWatch;

/// How the object of a state's fields is read.
type Read<T> = for<'v> fn(&'v RawValue, &'v Contexts) -> BoxFuture<'v, Result<T, ValueError>>;

impl Client {
    /// The state of type `T` that an app shows: `.await` reads it, [`watch`](StateQuery::watch) follows it.
    ///
    /// The app is named as in [`find`](Self::find), by its identifier or as `identifier:version`, and by which instance
    /// of it is meant: `default` unless it was started as another. Where several agents are so called, that of one that
    /// is connected is taken. While the app is away, its state is what it last was.
    ///
    /// ```no_run
    /// # use rekuest_client::{Client, StateError};
    /// # use rekuest_core::StateType;
    /// # async fn example<Counter: StateType + std::fmt::Debug>(client: Client) -> Result<(), StateError> {
    /// use futures_util::StreamExt as _;
    ///
    /// let now = client.state::<Counter>("other_app", "default").await?;
    ///
    /// let mut counters = client.state::<Counter>("other_app", "default").watch();
    /// while let Some(counter) = counters.next().await {
    ///     println!("{:?}", counter?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn state<T: StateType>(&self, app: &str, instance: &str) -> StateQuery<T> {
        self.state_read(app, instance, T::NAME, typed::<T>)
    }

    /// The same for a state whose type is not known here, by its name: the object of its fields as it is.
    pub fn state_named(&self, app: &str, instance: &str, name: &str) -> StateQuery<Value> {
        self.state_read(app, instance, name, untyped)
    }

    fn state_read<T>(&self, app: &str, instance: &str, name: &str, read: Read<T>) -> StateQuery<T> {
        StateQuery { client: self.clone(), place: Place::new(app, instance, name), read }
    }
}

fn typed<'v, T: StateType>(
    value: &'v RawValue,
    contexts: &'v Contexts,
) -> BoxFuture<'v, Result<T, ValueError>> {
    T::expand_state(value, contexts).boxed()
}

fn untyped<'v>(value: &'v RawValue, _: &'v Contexts) -> BoxFuture<'v, Result<Value, ValueError>> {
    let read = serde_json::from_str(value.get());
    ready(read.map_err(|error| ValueError::invalid(format!("it cannot be read: {error}")))).boxed()
}

/// A state of another app, which was not asked for yet: `.await` reads it once, [`watch`](Self::watch) follows it.
#[must_use = "nothing is asked before it is awaited or watched"]
pub struct StateQuery<T> {
    client: Client,
    place: Place,
    read: Read<T>,
}

impl<T: Send + 'static> StateQuery<T> {
    /// Follows the state: what it is now, and then each change; see [`StateWatch`]. It begins at once.
    pub fn watch(self) -> StateWatch<T> {
        StateWatch::begin(self.client, self.place, self.read)
    }

    /// Reads the state, for code that blocks: the thread waits for it. Not inside of async code.
    ///
    /// # Errors
    /// See [`StateError`].
    pub fn wait(self) -> Result<T, StateError> {
        let runtime = self.client.shared().runtime.clone();
        blocking::wait(inside(runtime, self.once()))
    }

    async fn once(self) -> Result<T, StateError> {
        let Self { client, place, read } = self;
        let graphql = client.graphql();
        let id = place.find(graphql, None).await.map_err(|error| error.of(&place))?;
        let found = graphql.execute(&ReadState { id: &id }).await;
        let found = found.map_err(|error| StateError::of(error, &place))?;
        let gone = || StateError::NotFound(format!("{place} was there a moment ago and is gone"));
        let value = found.ok_or_else(gone)?.value;
        let contexts = &client.shared().contexts;
        read(&value, contexts).await.map_err(|error| StateError::unreadable(&place, error))
    }
}

impl<T: Send + 'static> IntoFuture for StateQuery<T> {
    type Output = Result<T, StateError>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.once().boxed()
    }
}

impl<T> fmt::Debug for StateQuery<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StateQuery").field("place", &self.place).finish_non_exhaustive()
    }
}
