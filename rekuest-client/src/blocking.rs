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
/// The runtime ends with the last of the client, its calls, and what was found with it.
pub struct Client {
    client: crate::Client,
    runtime: Handle,
}

impl Client {
    /// A client of the server that the environment names; see [`Client::from_env`](crate::Client::from_env).
    ///
    /// # Errors
    /// When the environment names none, or names it wrongly; the error names the variable.
    pub fn from_env() -> Result<Self, ConnectError> {
        Self::new(ClientBuilder::from_env()?)
    }

    /// Makes the client that is described.
    ///
    /// # Errors
    /// When no server is named, or it is not known how it is reached.
    pub fn new(builder: ClientBuilder) -> Result<Self, ConnectError> {
        let owned = Owned::start().map_err(ConnectError::Runtime)?;
        let runtime = owned.handle.clone();
        let client = wait(builder.owned(owned).build())?;
        Ok(Self { client, runtime })
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

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("blocking::Client").field(&self.client).finish()
    }
}

/// A runtime that belongs to a client, and ends with it.
#[derive(Debug)]
pub(crate) struct Owned {
    pub(crate) handle: Handle,
    /// None only while it ends.
    runtime: Option<Runtime>,
}

impl Owned {
    fn start() -> std::io::Result<Self> {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).thread_name("rekuest-client").enable_all().build()?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // Also where it must not block: what ends last may be a task of the runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
