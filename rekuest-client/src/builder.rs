//! Making a client.

use std::env;
use std::path::Path;
use std::sync::Arc;

use rekuest_core::{Contexts, Token};
use tokio::runtime::Handle;

use crate::blocking::Owned;
use crate::client::inside;
use crate::environment::{self, EnvironmentError, Lookup};
use crate::login;
use crate::{
    Access, AccessError, AccessSource, Client, EndpointError, Endpoints, Graphql, HttpOptions, Manifest,
    ManifestError, Renew, Timing,
};

/// The version of a program that says none.
const NO_VERSION: &str = "dev";

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
    /// The name of the program cannot be the identifier of an app, which a deployment needs. Make a
    /// [`Login`](crate::Login) with another one.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
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
    /// A client of the server that the environment names, directly or by a deployment.
    pub(crate) fn from_env() -> Result<Self, ConnectError> {
        Self::from_variables(&|name| env::var_os(name))
    }

    fn from_variables(lookup: Lookup<'_>) -> Result<Self, ConnectError> {
        let source: Arc<dyn AccessSource> = match environment::access(lookup)? {
            Some(access) => Arc::new(access),
            None => {
                let login = login::from_variables(lookup, program()?, None)?;
                Arc::new(login.ok_or(EnvironmentError::NoServer)?)
            }
        };
        Ok(Self::default().access(source).instance_id(environment::instance(lookup)?))
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

/// This program, as it introduces itself to a deployment: by the name of its file.
fn program() -> Result<Manifest, ManifestError> {
    let path = env::current_exe().ok();
    let name = path.as_deref().and_then(Path::file_stem).map(|name| name.to_string_lossy().into_owned());
    Manifest::new(name.unwrap_or_else(|| "program".to_owned()), NO_VERSION)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    /// What a client is made of, or why there is none, where these variables are set.
    fn read(variables: &[(&str, &str)]) -> String {
        let lookup = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        };
        match ClientBuilder::from_variables(&lookup) {
            Ok(builder) => format!("{builder:?}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_server_that_is_named_comes_before_a_deployment() {
        let deployment = ("FAKTS_URL", "https://deployment");
        let (url, token) = (("REKUEST_URL", "http://h"), ("REKUEST_TOKEN", "t"));
        let claim = ("FAKTS_TOKEN", "s3cret");
        let both = read(&[deployment, claim, url, token]);
        assert!(both.contains("Access {") && !both.contains("Login"), "{both}");
        let endpoint = read(&[deployment, claim, ("REKUEST_WS", "ws://h/agi")]);
        assert!(endpoint.contains("Access {") && !endpoint.contains("Login"), "{endpoint}");
        // Half of it is a mistake, and no deployment.
        assert!(read(&[deployment, claim, token]).contains("REKUEST_URL is not set"));
        assert!(read(&[deployment, claim, url]).contains("REKUEST_TOKEN is not set"));
    }

    #[test]
    fn a_deployment_is_logged_in_to_under_the_name_of_the_program() {
        let set =
            [("FAKTS_URL", "https://deployment"), ("FAKTS_TOKEN", "s3cret"), ("REKUEST_INSTANCE", "two")];
        let login = read(&set);
        assert!(login.contains("Login {") && login.contains("Claimed") && login.contains("two"), "{login}");
        assert!(login.contains("identifier: \"rekuest_client-"), "{login}");
        assert!(!login.contains("s3cret"), "{login}");
        let error = read(&set[..1]);
        assert!(error.contains("FAKTS_TOKEN is not set"), "{error}");
    }

    #[test]
    fn an_environment_that_names_nothing_says_what_can_be_named() {
        let error = read(&[]);
        assert!(error.contains("REKUEST_URL") && error.contains("FAKTS_URL"), "{error}");
    }
}
