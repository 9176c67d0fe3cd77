//! How running functions call others: as a client with the identity of the agent, made when the first one calls.

use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use rekuest_client::{Client, Graphql};
use rekuest_core::caller::{CallEvents, CallRequest};
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
    graphql: Graphql,
    instance_id: String,
    contexts: Contexts,
    runtime: Handle,
    client: OnceCell<Client>,
}

impl Online {
    /// With what the agent has.
    pub(crate) fn new(graphql: Graphql, instance_id: String, contexts: Contexts, runtime: Handle) -> Self {
        Self { graphql, instance_id, contexts, runtime, client: OnceCell::new() }
    }

    async fn client(&self) -> Result<&Client, CallError> {
        // A function may call from a thread of its own.
        let client = Client::builder()
            .graphql(self.graphql.clone())
            .instance_id(self.instance_id.clone())
            .contexts(self.contexts.clone())
            .runtime(self.runtime.clone());
        self.client.get_or_try_init(|| client.build()).await.map_err(|error| CallError::Connection {
            context: "the server cannot be called".to_owned(),
            source: Arc::new(error),
        })
    }
}

impl Calling for Online {
    fn call(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        Box::pin(async move { Caller::start(self.client().await?, request).await })
    }
}
