//! Calling from programs that have no async runtime.
//!
//! A [`Client`] has a small runtime of its own, one thread. What it finds is the same as what any client finds: whatever is
//! made with `.await` elsewhere is made here with `wait`, on whichever thread. What is followed is an iterator.
//!
//! | async | blocking |
//! |---|---|
//! | `add::call(&client, 1, 2).await` | `add::call(&client, 1, 2).wait()` |
//! | `scan::stream(&client, 3)`, a stream | `scan::stream(&client, 3).wait()`, an iterator |
//! | `….start().await`, a [`Running`](rekuest_core::Running) | `….blocking_start()`, a [`Running`] |
//! | `client.attach(&id).await`, a [`RunningCall`](crate::RunningCall) | `client.attach(&id)`, a [`RunningCall`] |
//! | `client.actions().search("blur").await` | `client.actions().search("blur").wait()` |
//! | `client.actions().stream()`, a stream | `client.actions().stream().wait()`, an iterator |
//! | `client.state::<T>(app, instance).await` | `client.state::<T>(app, instance).wait()` |
//! | `client.state::<T>(app, instance).watch()`, a stream | `client.state::<T>(app, instance).watch().wait()`, an iterator |
//! | `action.reserve().await`, `reservation.unreserve().await` | `action.reserve().wait()`, `reservation.blocking_unreserve()` |
//!
//! ```no_run
//! use rekuest_client::{args, blocking};
//!
//! # fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = blocking::Client::from_env()?;
//! let action = client.find("other_app", "rpc_function")?;
//! let text: String = action.call(args! { x: 1, name: "hello world" }).wait()?;
//!
//! let mut running = action.call::<String>(args! { x: 2, name: "again" }).blocking_start()?;
//! while let Some(event) = running.next()? {
//!     println!("{event:?}");
//! }
//!
//! for agent in client.agents().connected().stream().wait() {
//!     println!("{}", agent?.name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! For everything else that is async there is [`wait`], and [`Items`] for every other stream. None of this belongs into async
//! code: it would block a thread that others need.

mod client;
mod items;
mod owned;
mod running;

pub use client::Client;
pub use items::Items;
pub use rekuest_core::caller::BlockingRunning as Running;
pub use running::RunningCall;

pub(crate) use owned::Owned;

/// Waits, on this thread, for what is async: the start of a call, its next event, its end.
pub fn wait<F: IntoFuture>(future: F) -> F::Output {
    pollster::block_on(future.into_future())
}
