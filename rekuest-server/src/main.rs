//! `rekuest-server`: the embedded server as a program of its own, for one machine.
//!
//! Exit codes: 0 when it was stopped by Ctrl-C or SIGTERM, 1 when it could not start, 2 when its arguments were not
//! understood.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;
use rekuest_core::Token;
use rekuest_server::local::{self, Hosted, LocalError};
use rekuest_server::{Builder, Identity, RunningServer, Server};
use tracing_subscriber::EnvFilter;

/// The embedded rekuest server: the rekuest protocol in one process, for development, tests and one machine.
///
/// Everything is kept in memory and gone when the server stops. Apps of this user on this machine find the server
/// by themselves; everything else needs its url and a token.
///
/// Exit codes: 0 stopped by Ctrl-C or SIGTERM, 1 could not start, 2 arguments not understood.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The address to listen on; port 0 is any that is free.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    bind: SocketAddr,

    /// Listen on an address that other machines can reach. The traffic is not encrypted.
    #[arg(long)]
    allow_remote: bool,

    /// Accept TOKEN for this identity; repeatable. The last `=` ends the token, so it may contain others; client, user
    /// and organization contain neither `=` nor `/`. Without it, one token is made and shown. The arguments of a
    /// program can be seen by other users of the machine.
    #[arg(long = "token", value_name = "TOKEN=CLIENT/USER/ORGANIZATION")]
    tokens: Vec<String>,

    /// Do not let the apps of this user find the server by themselves.
    #[arg(long)]
    no_local: bool,
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

    /// Reads what was given, or ends the program with exit code 2. What was given is not repeated: it holds a secret.
    fn parse_all(texts: &[String]) -> Vec<Self> {
        let wrong = "a --token is not understood: expected TOKEN=CLIENT/USER/ORGANIZATION, such as s3cret=my-app/me/my-lab\n";
        let read = |text: &String| {
            Self::parse(text).unwrap_or_else(|| clap::Error::raw(ErrorKind::InvalidValue, wrong).exit())
        };
        texts.iter().map(read).collect()
    }
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

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();

    let given = Accepted::parse_all(&arguments.tokens);
    let made = given.is_empty().then(make_token);
    let tokens: Vec<&Accepted> = given.iter().chain(&made).collect();
    let builder = || {
        let builder = Server::builder().bind(arguments.bind).allow_remote(arguments.allow_remote);
        tokens.iter().fold(builder, |builder, accepted| {
            builder.token(accepted.token.clone(), accepted.identity.clone())
        })
    };
    match run(&arguments, made.as_ref(), builder).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody may be there to read it; the exit code says it too.
            let _ = writeln!(io::stderr(), "rekuest-server: {error}");
            ExitCode::FAILURE
        }
    }
}

type Failure = Box<dyn std::error::Error>;

async fn run(
    arguments: &Arguments,
    made: Option<&Accepted>,
    builder: impl Fn() -> Builder,
) -> Result<(), Failure> {
    // Before anything is said: whoever reads it may send a signal at once.
    let stop = stop_signal()?;
    let started = if arguments.no_local {
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
    introduce(&started, made)?;
    stop.await;
    tracing::info!("the server stops");
    started.shutdown().await;
    Ok(())
}

/// Says where the server is, on stdout.
fn introduce(started: &Started, made: Option<&Accepted>) -> io::Result<()> {
    let server = started.server();
    let mut out = io::stdout().lock();
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
