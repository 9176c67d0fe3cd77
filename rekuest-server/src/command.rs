//! The embedded server as a command: of `rekuest-server`, and of every app.

use std::io::{self, Write};
use std::net::SocketAddr;

use rekuest_core::Token;

use crate::local::{self, Hosted, LocalError};
use crate::{Builder, Identity, RunningServer, Server, StartError};

/// A server as it is started from a command line.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ServerCommand {
    /// The address to listen on; port 0 is any that is free.
    pub bind: SocketAddr,
    /// Whether it may listen on an address that other machines can reach. The traffic is not encrypted.
    pub allow_remote: bool,
    /// What it accepts: `TOKEN=CLIENT/USER/ORGANIZATION` each. The last `=` ends the token, so it may contain others;
    /// client, user and organization contain neither `=` nor `/`. Without any, one token is made and shown.
    pub accepts: Vec<Token>,
    /// Whether the apps of this user find the server by themselves.
    pub is_local: bool,
}

/// A token and whose it is.
#[derive(Debug, Clone)]
struct Accepted {
    token: Token,
    identity: Identity,
}

impl Accepted {
    /// Reads `TOKEN=CLIENT/USER/ORGANIZATION`.
    fn parse(text: &str) -> Option<Self> {
        let (token, identity) = text.rsplit_once('=')?;
        let parts: Vec<&str> = identity.split('/').collect();
        match parts[..] {
            [client, user, organization] if ![token, client, user, organization].contains(&"") => {
                Some(Self {
                    token: Token::new(token),
                    identity: Identity {
                        client: client.to_owned(),
                        user: user.to_owned(),
                        organization: organization.to_owned(),
                    },
                })
            }
            _ => None,
        }
    }

    /// Reads what was given. What was given is not repeated in an error: it holds a secret.
    fn parse_all(texts: &[Token]) -> Result<Vec<Self>, CommandError> {
        texts.iter().map(|text| Self::parse(text.expose()).ok_or(CommandError::Token)).collect()
    }
}

/// Why a server was not started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// A token is not given with whose it is.
    #[error(
        "a token is not understood: expected TOKEN=CLIENT/USER/ORGANIZATION, such as s3cret=my-app/me/my-lab"
    )]
    Token,
    /// It cannot listen, say. The sentence says why.
    #[error(transparent)]
    Start(#[from] StartError),
    /// Signals cannot be received, or nothing can be printed.
    #[error("the server could not be introduced: {0}")]
    Io(#[from] io::Error),
}

/// The server, published or not.
enum Started {
    Alone(RunningServer),
    Local(Box<Hosted>),
}

impl Started {
    fn server(&self) -> &RunningServer {
        match self {
            Self::Alone(server) => server,
            Self::Local(hosted) => &hosted.server,
        }
    }

    async fn shutdown(self) {
        match self {
            Self::Alone(server) => server.shutdown().await,
            Self::Local(hosted) => hosted.shutdown().await,
        }
    }
}

impl ServerCommand {
    /// A server on this address, which the apps of this user find by themselves.
    pub fn new(bind: SocketAddr) -> Self {
        Self { bind, allow_remote: false, accepts: Vec::new(), is_local: true }
    }

    /// Starts the server, says on `out` where it is, and runs it until Ctrl-C or SIGTERM.
    ///
    /// # Errors
    /// When it cannot be started; the sentence says why.
    pub async fn run(&self, out: impl Write) -> Result<(), CommandError> {
        let given = Accepted::parse_all(&self.accepts)?;
        let made = given.is_empty().then(make_token);
        let tokens: Vec<&Accepted> = given.iter().chain(&made).collect();
        let builder = || {
            let builder = Server::builder().bind(self.bind).allow_remote(self.allow_remote);
            tokens.iter().fold(builder, |builder, accepted| {
                builder.token(accepted.token.clone(), accepted.identity.clone())
            })
        };
        run(self, made.as_ref(), builder, out).await
    }
}

async fn run(
    command: &ServerCommand,
    made: Option<&Accepted>,
    builder: impl Fn() -> Builder,
    out: impl Write,
) -> Result<(), CommandError> {
    // Before anything is said: whoever reads it may send a signal at once.
    let stop = stop_signal()?;
    let started = if !command.is_local {
        Started::Alone(builder().start().await?)
    } else {
        match local::host_with("rekuest-server", builder()).await {
            Ok(hosted) => Started::Local(Box::new(hosted)),
            Err(LocalError::Start(error)) => return Err(error.into()),
            Err(error) => {
                tracing::warn!("apps will not find this server by themselves: {error}");
                Started::Alone(builder().start().await?)
            }
        }
    };
    introduce(&started, made, out)?;
    stop.await;
    tracing::info!("the server stops");
    started.shutdown().await;
    Ok(())
}

/// Says where the server is.
fn introduce(started: &Started, made: Option<&Accepted>, mut out: impl Write) -> io::Result<()> {
    let server = started.server();
    writeln!(out, "The server listens at {}", server.url())?;
    writeln!(out, "Queries and mutations are posted to {}", server.graphql_url())?;
    writeln!(out, "Subscriptions are at {}", server.graphql_ws_url())?;
    writeln!(out, "Agents connect to {}", server.agi_url())?;
    if let Some(accepted) = made {
        writeln!(out, "It accepts the token {}", accepted.token.expose())?;
    }
    if let Started::Local(_) = started {
        writeln!(out, "Apps of this user on this machine find it by themselves.")?;
    }
    writeln!(out, "Ctrl-C stops it.")?;
    out.flush()
}

/// A token nobody can guess, for whoever starts the server.
fn make_token() -> Accepted {
    let token = Token::new(format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple()));
    let named = |name: &str| name.to_owned();
    Accepted {
        token,
        identity: Identity { client: named("default"), user: named("local"), organization: named("local") },
    }
}

/// Ends with Ctrl-C or SIGTERM, which are taken from the moment this returns.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends with Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without the signal there is nothing to wait for but the end of the process.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
