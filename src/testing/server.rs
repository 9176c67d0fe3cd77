//! A server for tests of what an app and its callers do together.

use std::fmt;

use rekuest_core::{Token, local};
use rekuest_server::{RunningServer, Server, StartError};

use crate::{App, AppError, Client, RunningApp};

/// The app that [`TestServer::token`] is of.
const TEST: &str = "test";

/// Starts an embedded server of this test's own. What is provided and called through it connects inside of this process;
/// others find it on a free port. Nothing of it is left when it is dropped.
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
/// let server = testing::server().await?;
/// let app = server.provide(App::new("calculator").function(&add::IMPLEMENTATION)).await?;
/// let client = server.client().await?;
/// assert_eq!(add::call(&client, 1, 2).await?, 3);
/// app.shutdown().await?;
/// server.shutdown().await;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When no port of this machine can be listened on.
pub async fn server() -> Result<TestServer, StartError> {
    let secret = rekuest_server::local::secret();
    let server = Server::builder().local_secret(secret.clone()).start().await?;
    Ok(TestServer { server, secret })
}

/// An embedded server of one test; see [`server`].
#[must_use = "the server stops when this is dropped"]
pub struct TestServer {
    server: RunningServer,
    /// Every app has a token of its own, which is made of this.
    secret: String,
}

impl TestServer {
    /// Its base url.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// A token that it takes, of a caller.
    pub fn token(&self) -> Token {
        self.token_of(TEST)
    }

    /// The token of the app with this identifier: two apps with one token would be one to a server.
    pub fn token_of(&self, identifier: &str) -> Token {
        local::token(&self.secret, identifier)
    }

    /// The app, pointed at this server. It connects inside of this process, not over the network.
    pub fn app(&self, app: App) -> App {
        let token = self.token_of(app.identifier());
        let inside = app.http.clone().over(self.server.connector());
        app.url(self.url()).token(token).http(inside)
    }

    /// Provides the app on this server, and returns once it can be called.
    ///
    /// # Errors
    /// When it cannot be started, or stops before it can be called.
    pub async fn provide(&self, app: App) -> Result<RunningApp, AppError> {
        let app = self.app(app).start().await?;
        app.ready().await?;
        Ok(app)
    }

    /// A client that calls what is provided on this server.
    ///
    /// # Errors
    /// When no client can be made.
    pub async fn client(&self) -> Result<Client, AppError> {
        self.app(App::new(TEST)).client().await
    }

    /// What else can be done with an embedded server: looking at its agents, sending them away, …
    pub fn embedded(&self) -> &RunningServer {
        &self.server
    }

    /// Stops it, and waits until its connections are closed.
    pub async fn shutdown(self) {
        self.server.shutdown().await;
    }
}

/// Without its secret.
impl fmt::Debug for TestServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestServer").field("url", &self.url()).finish_non_exhaustive()
    }
}
