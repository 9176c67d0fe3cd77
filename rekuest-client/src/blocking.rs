//! Calling from programs that have no async runtime.
//!
//! A [`Client`] has a small runtime of its own, one thread. Typed stubs and found actions are called on it as on any client,
//! and their calls are made with `wait`, on whichever thread. [`wait`] is for everything else that is async.
//!
//! ```no_run
//! use rekuest_client::{args, blocking};
//!
//! # fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = blocking::Client::from_env()?;
//! let action = client.find("other_app", "rpc_function")?;
//! let text: String = action.call(args! { x: 1, name: "hello world" }).wait()?;
//!
//! let mut running = blocking::wait(action.call::<String>(args! { x: 2, name: "again" }).start())?;
//! while let Some(event) = blocking::wait(running.next())? {
//!     println!("{event:?}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! None of this belongs into async code: it would block a thread that others need.

use std::fmt;

use futures_util::future::BoxFuture;
use rekuest_core::caller::{CallEvents, CallRequest};
use rekuest_core::{CallError, Caller, Contexts};
use tokio::runtime::{Handle, Runtime};

use crate::client::inside;
use crate::{Action, ClientBuilder, ConnectError};

/// Waits, on this thread, for what is async: the start of a call, its next event, its end.
pub fn wait<F: IntoFuture>(future: F) -> F::Output {
    pollster::block_on(future.into_future())
}

/// A client with a runtime of its own. Typed stubs take it as any other caller: `add::call(&client, 1, 2).wait()`.
///
/// It has to live as long as its calls: with it, its runtime ends, and a call that goes on cannot be followed any more, nor
/// cancelled by being dropped.
pub struct Client {
    client: crate::Client,
    runtime: Handle,
    /// None only while it is dropped.
    owned: Option<Runtime>,
}

impl Client {
    /// A client of the server that the environment names; see [`Client::from_env`](crate::Client::from_env).
    ///
    /// # Errors
    /// When the environment names none, or names it wrongly; the error names the variable.
    pub fn from_env() -> Result<Self, ConnectError> {
        Self::made(|runtime| runtime.block_on(crate::Client::from_env()))
    }

    /// Makes the client that is described.
    ///
    /// # Errors
    /// When no server is named, or it is not known how it is reached.
    pub fn new(builder: ClientBuilder) -> Result<Self, ConnectError> {
        Self::made(|runtime| runtime.block_on(builder.build()))
    }

    fn made(
        make: impl FnOnce(&Runtime) -> Result<crate::Client, ConnectError>,
    ) -> Result<Self, ConnectError> {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).thread_name("rekuest-client").enable_all().build();
        let runtime = runtime.map_err(ConnectError::Runtime)?;
        let client = make(&runtime)?;
        Ok(Self { client, runtime: runtime.handle().clone(), owned: Some(runtime) })
    }

    /// Finds what an app offers under this interface; see [`Client::find`](crate::Client::find).
    ///
    /// # Errors
    /// As there.
    pub fn find(&self, app: &str, interface: &str) -> Result<Action, CallError> {
        self.wait(self.client.find(app, interface))
    }

    /// The client inside, for everything else that it can do, with [`wait`](Self::wait).
    pub fn inner(&self) -> &crate::Client {
        &self.client
    }

    /// Waits, on this thread, for what is async and needs a runtime around it: `client.wait(client.inner().state(…))`.
    pub fn wait<F: IntoFuture>(&self, future: F) -> F::Output {
        wait(inside(self.runtime.clone(), future.into_future()))
    }
}

impl Caller for Client {
    fn start(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        Caller::start(&self.client, request)
    }

    fn contexts(&self) -> &Contexts {
        self.client.contexts()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Also where it must not block, as in async code.
        if let Some(runtime) = self.owned.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("blocking::Client").field(&self.client).finish()
    }
}
