//! Testing registered functions: without a network, in the process of the test, as they run in production.
//!
//! The function itself stays a plain function, and much of it is tested best by calling it: `assert_eq!(add(1, 2), 3)`.
//! What an app adds to it is tested here: how its arguments are read and its returns are written, defaults, errors,
//! progress and logs, cancellation, limits and groups, values that stay in memory. The agent that runs it is the real
//! one; only the connection and the server are left out.
//!
//! # One function
//!
//! [`call`] runs one that is named as a type: the struct of the same name that `#[register]` puts beside it. Its
//! arguments are a tuple, with an `Option` for what has a default. What comes back is an [`Outcome`]: its value, and a
//! record of all that was said on the way.
//!
//! ```
//! use rekuest::prelude::*;
//! use rekuest::testing;
//!
//! /// Scans some planes.
//! #[register]
//! fn scan(task: Task, planes: u32, #[port(default = 10.0)] exposure: f64) -> Result<f64, String> {
//!     if planes == 0 {
//!         return Err("nothing to scan".to_owned());
//!     }
//!     for plane in 1..=planes {
//!         task.progress(plane * 100 / planes, format_args!("plane {plane}"));
//!     }
//!     Ok(f64::from(planes) * exposure)
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let scanned = testing::call::<scan>((2, None)).await?;
//! assert_eq!(scanned.value, 20.0);
//! assert_eq!(scanned.progress(), [(50, "plane 1"), (100, "plane 2")]);
//!
//! let failed = testing::call::<scan>((0, Some(5.0))).await.expect_err("nothing to scan");
//! assert_eq!(failed.to_string(), "the function failed: nothing to scan");
//! # Ok(())
//! # }
//! ```
//!
//! [`stream`] is the same for generators: its value is the list of all items. What a caller says beside the arguments is
//! said before the `.await`: `call::<scan>((2, None)).user("7").capture()`; see [`TestCall`].
//!
//! # While it runs
//!
//! [`start`] gives the call while it runs: to cancel, interrupt and pause it, and to look at what happens as it happens.
//!
//! ```
//! use rekuest::prelude::*;
//! use rekuest::task::Cancelled;
//! use rekuest::testing::{self, Event, TestError};
//!
//! /// Counts until it is told to stop.
//! #[register]
//! fn count(task: Task) -> Result<u32, Cancelled> {
//!     let mut counted = 0;
//!     loop {
//!         task.blocking_breakpoint()?;
//!         counted += 1;
//!         task.progress(0, counted);
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut counting = testing::start::<count>(()).await?;
//! counting.pause();
//! counting.wait_for(|event| matches!(event, Event::Paused)).await;
//! counting.cancel();
//! let error = counting.outcome().await.expect_err("it was cancelled");
//! assert!(matches!(error, TestError::Cancelled { .. }));
//! # Ok(())
//! # }
//! ```
//!
//! # A whole app
//!
//! [`TestApp`] runs several functions together: they share contexts, limits, groups and what stays in memory. An
//! [`App`](crate::App) becomes one with [`TestApp::from`], so that a program can test just what it provides.
//!
//! # With a server
//!
//! `server()` starts an embedded server on a free port, for tests of what an app and its callers do together.
//!
//! # Tracing
//!
//! What functions say with `tracing` is recorded as logs when the test has a subscriber with
//! [`tracing_layer`](crate::tracing_layer), as a program has one:
//!
//! ```
//! use rekuest::prelude::*;
//! use rekuest::testing::{self, LogLevel};
//! use tracing_subscriber::prelude::*;
//!
//! /// Warms up.
//! #[register]
//! async fn warm_up(to: f64) {
//!     tracing::info!(to, "warming up");
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! tracing_subscriber::registry().with(rekuest::tracing_layer()).init();
//! let warm = testing::call::<warm_up>((37.0,)).await?;
//! assert_eq!(warm.logs(), [(LogLevel::Info, "warming up to=37.0")]);
//! # Ok(())
//! # }
//! ```

mod app;
mod call;
mod error;
mod gather;
mod outcome;
mod running;
#[cfg(feature = "server")]
mod server;
#[cfg(test)]
mod tests;

use rekuest_core::__private::Sent;
use rekuest_core::{FromReturns, Function, RegisteredFunction};

pub use rekuest_agent::offline::OfflineEvent as Event;
pub use rekuest_core::message::LogLevel;

pub use app::{RunningTestApp, TestApp};
pub use call::TestCall;
pub use error::TestError;
pub use outcome::{Outcome, Recording};
pub use running::RunningCall;
#[cfg(feature = "server")]
pub use server::{TestServer, server};

use call::Provider;

/// A call of a registered function, in an app that has no other and no contexts. Nothing happens until it is awaited or
/// [started](TestCall::start).
///
/// ```
/// use rekuest::prelude::*;
/// use rekuest::testing;
///
/// /// Adds two numbers.
/// #[register]
/// fn add(a: i64, b: i64) -> i64 {
///     a + b
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// assert_eq!(testing::call::<add>((1, 2)).await?.value, 3);
/// # Ok(())
/// # }
/// ```
pub fn call<F>(arguments: F::Arguments) -> TestCall<F::Returns>
where
    F: RegisteredFunction<Arguments: Send + 'static, Sent: Sent, Returns: FromReturns + 'static>,
{
    let implementation = const { &F::IMPLEMENTATION };
    TestCall::of::<F>(Provider::Alone(Function::from(implementation)), arguments)
}

/// A call of a registered generator, whose value is the list of its items; see [`call`].
///
/// ```
/// use rekuest::prelude::*;
/// use rekuest::testing;
///
/// /// Counts.
/// #[register]
/// fn count(to: u32) -> impl Iterator<Item = u32> {
///     1..=to
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// assert_eq!(testing::stream::<count>((3,)).await?.value, [1, 2, 3]);
/// # Ok(())
/// # }
/// ```
pub fn stream<F>(arguments: F::Arguments) -> TestCall<Vec<F::Returns>>
where
    F: RegisteredFunction<Arguments: Send + 'static, Sent: Sent, Returns: FromReturns + 'static>,
{
    call::<F>(arguments).all()
}

/// Starts a [`call`]: short for `call::<F>(arguments).start()`.
///
/// # Errors
/// When it cannot be started: an argument has no JSON, or the function cannot be registered.
pub async fn start<F>(arguments: F::Arguments) -> Result<RunningCall<F::Returns>, TestError>
where
    F: RegisteredFunction<Arguments: Send + 'static, Sent: Sent, Returns: FromReturns + 'static>,
{
    call::<F>(arguments).start().await
}
