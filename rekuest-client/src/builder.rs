//! Making a client.

use std::sync::Arc;

use rekuest_core::{Contexts, Token};
use tokio::runtime::Handle;

use crate::blocking::Owned;
use crate::client::inside;
use crate::environment::EnvironmentError;
use crate::{
    Access, AccessError, AccessSource, Client, EndpointError, Endpoints, Graphql, HttpOptions, Renew, Timing,
};

/// What a client is made of. At least [`url`](Self::url) or [`access`](Self::access) is needed.
#[derive(Debug, Default)]
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder {
    endpoints: Option<Endpoints>,
    token: Option<Token>,
    access: Option<Arc<dyn AccessSource>>,
    instance_id: Option<String>,
    contexts: Contexts,
    timing: Timing,
    http: HttpOptions,
    graphql: Option<Graphql>,
    runtime: Option<Handle>,
    owned: Option<Owned>,
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// Neither a url nor an access was given. Give one.
    #[error("the client is given no server: call `url` or `access`")]
    NoServer,
    /// The environment does not say where the server is. The message names the variable.
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    /// The source of access does not say where the server is. The message says what to do.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The client is made outside of a tokio runtime, which its background task needs, and given none.
    #[error(
        "a client has to be made inside of a tokio runtime, such as below `#[tokio::main]`; in a program without one, \
         `blocking::Client` has its own"
    )]
    NoRuntime,
    /// The runtime of a [`blocking::Client`](crate::blocking::Client) cannot be made: the system gives no threads, say.
    #[error("the runtime of the client cannot be made: {0}")]
    Runtime(std::io::Error),
}

impl ClientBuilder {
    /// A client of the server that the environment names.
    pub(crate) fn from_env() -> Result<Self, ConnectError> {
        let access = Access::from_env()?.ok_or(EnvironmentError::NoServer)?;
        let instance_id = crate::instance_from_env()?;
        Ok(Self::default().access(Arc::new(access)).instance_id(instance_id))
    }

    /// The runtime is the client's own.
    pub(crate) fn owned(mut self, runtime: Owned) -> Self {
        self.runtime = Some(runtime.handle.clone());
        self.owned = Some(runtime);
        self
    }

    /// The base url of the server: `http://127.0.0.1:8000`.
    ///
    /// # Errors
    /// When it cannot be a server's url.
    pub fn url(mut self, base: &str) -> Result<Self, EndpointError> {
        self.endpoints = Some(Endpoints::from_base(base)?);
        Ok(self)
    }

    /// The token, for a server that was given by its url.
    pub fn token(mut self, token: impl Into<Token>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Whoever knows where the server is and which token it takes; stands for [`url`](Self::url) and
    /// [`token`](Self::token).
    pub fn access(mut self, source: Arc<dyn AccessSource>) -> Self {
        self.access = Some(source);
        self
    }

    /// Shares what this one knows of the server, and its connections; stands for [`access`](Self::access) and
    /// [`http`](Self::http).
    pub fn graphql(mut self, graphql: Graphql) -> Self {
        self.graphql = Some(graphql);
        self
    }

    /// Which instance of the app this is: `default` unless set. Callers with one identity and one instance get each
    /// other's events, and drop them.
    pub fn instance_id(mut self, instance_id: impl Into<String>) -> Self {
        self.instance_id = Some(instance_id.into());
        self
    }

    /// The shared values that arguments and returns may need.
    pub fn contexts(mut self, contexts: Contexts) -> Self {
        self.contexts = contexts;
        self
    }

    /// Other waits than usual.
    pub fn timing(mut self, timing: Timing) -> Self {
        self.timing = timing;
        self
    }

    /// Other timeouts of requests than usual, more authorities that are trusted, or other connections than TCP.
    pub fn http(mut self, options: HttpOptions) -> Self {
        self.http = options;
        self
    }

    /// The runtime that the client's background task runs in, and its calls: unless given, the one that it is made in.
    pub fn runtime(mut self, runtime: Handle) -> Self {
        self.runtime = Some(runtime);
        self
    }

    /// Makes the client. Nothing is connected before something is found or called.
    ///
    /// # Errors
    /// When no server is named, or it is not known how it is reached.
    pub async fn build(self) -> Result<Client, ConnectError> {
        let runtime = match self.runtime {
            Some(runtime) => runtime,
            None => Handle::try_current().map_err(|_| ConnectError::NoRuntime)?,
        };
        let graphql = match (self.graphql, self.access, self.endpoints) {
            (Some(graphql), _, _) => graphql,
            (None, Some(source), _) => Graphql::with_options(source, self.http),
            (None, None, Some(endpoints)) => {
                let access = Access::new(endpoints, self.token.unwrap_or_else(|| Token::new("")));
                Graphql::with_options(Arc::new(access), self.http)
            }
            (None, None, None) => return Err(ConnectError::NoServer),
        };
        inside(runtime.clone(), graphql.access(Renew::No)).await?;
        let instance_id = self.instance_id.unwrap_or_else(|| "default".to_owned());
        Ok(Client::new(graphql, instance_id, self.contexts, self.timing, runtime, self.owned))
    }
}
