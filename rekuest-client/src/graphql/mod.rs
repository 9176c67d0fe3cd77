//! GraphQL over HTTP (protocol, section 2): operations out, data or a clear error back.
//!
//! On the path of an assignation it carries `assign` to the server; an agent says with it who it is and what it can
//! do. Subscriptions have their own module, because they go over a websocket.

mod answer;
mod error;
mod http;
pub mod operations;
mod scalars;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use rekuest_core::Token;
use serde::de::DeserializeOwned;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use tokio::sync::Mutex;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Bytes, Error as WebSocketError};
use url::Url;

use crate::transport::Transport;
use crate::{Access, AccessError, AccessSource, Backoff, HttpOptions, Renew, WebSocket};

pub(crate) use answer::{Answer, excerpt, field, settled};
pub use error::{ErrorMessage, GraphqlError};
pub(crate) use error::{list, with_sources};

/// How often an operation is tried while the server cannot be reached.
const ATTEMPTS: u32 = 4;

/// The longest first wait between two attempts.
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// The longest wait between two attempts.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// One GraphQL operation. The value is its variables; the type says what is asked and how the answer is read.
///
/// The operations that this client knows are in [`operations`]; their documents are checked against the server's
/// schema when they are compiled.
pub trait Operation: Serialize {
    /// The name of the operation, for errors.
    const NAME: &'static str;
    /// The text that is sent.
    const DOCUMENT: &'static str;
    /// The one field that the document asks for.
    const FIELD: &'static str;
    /// Whether the variables travel as the one variable `$input`, as those of every mutation do.
    const INPUT: bool;
    /// Whether doing it twice is the same as doing it once. What is not is never repeated by itself.
    const IDEMPOTENT: bool;
    /// What the field holds.
    type Data: DeserializeOwned;
}

/// A GraphQL client of one server. Cheap to clone; clones share connections and what they know of the server.
#[derive(Clone)]
pub struct Graphql(Arc<Inner>);

struct Inner {
    source: Arc<dyn AccessSource>,
    /// What the source said last, until it turns out to be wrong. Locked while the source is asked, so that many
    /// operations that fail together ask it once.
    known: Mutex<Option<Arc<Access>>>,
    transport: Transport,
}

impl Graphql {
    /// A client of the server that `source` names. Nothing is connected yet.
    pub fn new(source: Arc<dyn AccessSource>) -> Self {
        Self::with_options(source, HttpOptions::default())
    }

    /// A client that makes its requests in another way than usual.
    pub fn with_options(source: Arc<dyn AccessSource>, options: HttpOptions) -> Self {
        let transport = Transport::new(options);
        Self(Arc::new(Inner { source, known: Mutex::new(None), transport }))
    }

    /// Asks the source how the server is reached now, and remembers it: what a websocket is opened with.
    ///
    /// # Errors
    /// When the source does not know.
    pub async fn access(&self, renew: Renew) -> Result<Arc<Access>, AccessError> {
        let mut known = self.0.known.lock().await;
        let access = Arc::new(self.0.source.access(renew).await?);
        *known = Some(Arc::clone(&access));
        Ok(access)
    }

    /// Gets another token than the refused one. Where several connections find the same token refused, the source is
    /// asked once.
    ///
    /// # Errors
    /// When the source does not know how the server is reached. That there is no other token is no error: then the
    /// refused one comes back.
    pub async fn renew(&self, refused: &Token) -> Result<Arc<Access>, AccessError> {
        let mut known = self.0.known.lock().await;
        if let Some(access) = known.as_ref().filter(|access| access.token != *refused) {
            return Ok(Arc::clone(access));
        }
        let access = Arc::new(self.0.source.access(Renew::TokenRefused).await?);
        *known = Some(Arc::clone(&access));
        Ok(access)
    }

    /// Executes an operation.
    ///
    /// A refused token is renewed once and the operation repeated: it was refused before it was executed. While the
    /// server cannot be reached, the operation is repeated a few times; one that is not
    /// [idempotent](Operation::IDEMPOTENT) only if it certainly did not arrive.
    ///
    /// # Errors
    /// See [`GraphqlError`].
    pub fn execute<'s, O: Operation>(
        &'s self,
        operation: &O,
    ) -> impl Future<Output = Result<O::Data, GraphqlError>> + Send + use<'s, O> {
        // Written before anything is awaited, so that the future does not hold the operation.
        let body = body(operation);
        async move {
            let data = self.send(body?, O::NAME, O::IDEMPOTENT).await?;
            answer::field(&data, O::NAME, O::FIELD)
        }
    }

    /// Opens the websocket at `url`, in the way in which requests are made; without the token. For the agent, which is of this
    /// workspace: what a websocket is made of is nobody else's affair.
    ///
    /// # Errors
    /// When it cannot be reached, or is none.
    #[doc(hidden)]
    pub async fn websocket(
        &self,
        url: &Url,
        subprotocol: Option<&'static str>,
        config: WebSocketConfig,
    ) -> Result<WebSocket, WebSocketError> {
        self.0.transport.dialer().websocket(url, subprotocol, config).await
    }

    /// How long an operation may take.
    pub(crate) fn patience(&self) -> Duration {
        self.0.transport.patience()
    }

    /// Posts what [`body`] has written, and reads the data of the answer.
    pub(crate) async fn send(
        &self,
        body: Bytes,
        operation: &'static str,
        idempotent: bool,
    ) -> Result<Box<RawValue>, GraphqlError> {
        let mut backoff = Backoff::new(FIRST_WAIT, LONGEST_WAIT);
        let mut attempts = ATTEMPTS;
        let mut renewed = false;
        loop {
            let access = self.current().await?;
            let error = match http::post(&self.0.transport, &access, body.clone(), operation).await {
                Ok(data) => return Ok(data),
                Err(error) => error,
            };
            if matches!(error, GraphqlError::Refused { .. }) && !renewed {
                renewed = true;
                if self.renew(&access.token).await?.token != access.token {
                    continue;
                }
            }
            if error.is_transient() {
                self.forget(&access).await;
            }
            attempts -= 1;
            let repeatable = error.is_transient() && (idempotent || !error.may_have_executed());
            if attempts == 0 || !repeatable {
                return Err(error);
            }
            let wait = backoff.next();
            tracing::debug!(operation, %error, ?wait, "trying again");
            tokio::time::sleep(wait).await;
        }
    }

    /// What the source said last while that is of use, else what it says now.
    pub(crate) async fn current(&self) -> Result<Arc<Access>, AccessError> {
        let mut known = self.0.known.lock().await;
        if let Some(access) = known.as_ref().filter(|_| !self.0.source.is_stale()) {
            return Ok(Arc::clone(access));
        }
        let access = Arc::new(self.0.source.access(Renew::No).await?);
        *known = Some(Arc::clone(&access));
        Ok(access)
    }

    /// The server is not where it was: the source is to be asked again.
    async fn forget(&self, access: &Arc<Access>) {
        let mut known = self.0.known.lock().await;
        if known.as_ref().is_some_and(|known| Arc::ptr_eq(known, access)) {
            *known = None;
        }
    }
}

impl fmt::Debug for Graphql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graphql").field("source", &self.0.source).finish_non_exhaustive()
    }
}

/// What is sent of an operation, as text.
pub(crate) fn body<O: Operation>(operation: &O) -> Result<Bytes, GraphqlError> {
    let body = serde_json::to_vec(&Body(operation));
    body.map(Bytes::from).map_err(|error| GraphqlError::Variables { operation: O::NAME, source: error })
}

/// What is sent of an operation: `{"query", "variables"}`.
pub(crate) struct Body<'o, O>(pub(crate) &'o O);

impl<O: Operation> Serialize for Body<'_, O> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Input<'o, O> {
            input: &'o O,
        }

        let mut body = serializer.serialize_struct("Body", 2)?;
        body.serialize_field("query", O::DOCUMENT)?;
        if O::INPUT {
            body.serialize_field("variables", &Input { input: self.0 })?;
        } else {
            body.serialize_field("variables", self.0)?;
        }
        body.end()
    }
}
