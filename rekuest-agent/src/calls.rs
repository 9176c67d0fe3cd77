//! How running functions call others: as a client with the identity of the agent, made when the first one calls.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use rekuest_client::{AccessSource, Client};
use rekuest_core::caller::{CallEvent, CallEvents, CallRequest};
use rekuest_core::{CallError, Caller, Contexts};
use tokio::runtime::Handle;
use tokio::sync::OnceCell;

/// Whoever makes the calls of running functions.
pub(crate) trait Calling: Send + Sync + fmt::Debug {
    /// Starts a call.
    fn call(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>>;
}

/// Calls on the server that the agent is connected to.
#[derive(Debug)]
pub(crate) struct Online {
    source: Arc<dyn AccessSource>,
    instance_id: String,
    contexts: Contexts,
    runtime: Handle,
    client: OnceCell<Client>,
}

impl Online {
    /// With what the agent has.
    pub(crate) fn new(
        source: Arc<dyn AccessSource>,
        instance_id: String,
        contexts: Contexts,
        runtime: Handle,
    ) -> Self {
        Self { source, instance_id, contexts, runtime, client: OnceCell::new() }
    }

    async fn client(&self) -> Result<&Client, CallError> {
        let client = Client::builder()
            .access(Arc::clone(&self.source))
            .instance_id(self.instance_id.clone())
            .contexts(self.contexts.clone());
        self.client.get_or_try_init(|| client.build()).await.map_err(|error| CallError::Connection {
            context: "the server cannot be called".to_owned(),
            source: Arc::new(error),
        })
    }
}

impl Calling for Online {
    fn call(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        Box::pin(inside(self.runtime.clone(), async move {
            let events = Caller::start(self.client().await?, request).await?;
            Ok(Box::new(Inside { events, runtime: self.runtime.clone() }) as Box<dyn CallEvents>)
        }))
    }
}

/// Events of a call, for threads that do not belong to the runtime.
struct Inside {
    events: Box<dyn CallEvents>,
    runtime: Handle,
}

impl CallEvents for Inside {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<CallEvent>, CallError>> {
        Box::pin(inside(self.runtime.clone(), self.events.next()))
    }
}

/// Runs a future with this runtime, wherever it is polled: a function may call from a thread of its own.
async fn inside<F: Future>(runtime: Handle, future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|context| {
        let _entered = runtime.enter();
        future.as_mut().poll(context)
    })
    .await
}
