//! Who takes part: a server, an agent, and the client that is measured; all in this process, or the others in their own.

use std::future::pending;
use std::io;
use std::time::Duration;

use rekuest::prelude::*;
use rekuest::{RunningApp, Token};
use rekuest_server::{Identity, RunningServer, Server};

use crate::process::{self, Process};
use crate::{Outcome, failed};

/// Adds two numbers.
#[register]
pub(crate) async fn add(a: i64, b: i64) -> i64 {
    a + b
}

/// Never ends.
#[register]
pub(crate) async fn hold(a: i64) -> i64 {
    pending::<()>().await;
    a
}

/// Where server and agent are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Together,
    Apart,
}

impl Place {
    pub(crate) fn says(self) -> &'static str {
        match self {
            Self::Together => "client, server and agent in one process",
            Self::Apart => "client, server and agent in a process each",
        }
    }
}

/// Everyone, ready.
pub(crate) struct Stage {
    pub(crate) url: String,
    pub(crate) client: Client,
    others: Others,
}

enum Others {
    Here { app: Box<RunningApp>, server: Box<RunningServer> },
    There { agent: Process, server: Process },
}

pub(crate) const CALLER: &str = "caller";
const AGENT: &str = "agent";

/// Starts the server that is measured.
pub(crate) async fn server() -> Outcome<RunningServer> {
    let of = |name: &str| Identity {
        client: name.to_owned(),
        user: "user".to_owned(),
        organization: "organization".to_owned(),
    };
    let builder = Server::builder().token(Token::new(CALLER), of(CALLER)).token(Token::new(AGENT), of(AGENT));
    Ok(builder.start().await?)
}

/// Starts the agent that is measured, and returns once it can be called.
pub(crate) async fn agent(url: &str) -> Outcome<RunningApp> {
    let app = App::new("bench").function(&add::IMPLEMENTATION).function(&hold::IMPLEMENTATION);
    let app = app.url(url).token(AGENT).start().await?;
    app.ready().await?;
    Ok(app)
}

/// A client that is measured.
pub(crate) async fn client(url: &str) -> Outcome<Client> {
    Ok(Client::builder().url(url)?.token(CALLER).build().await?)
}

impl Stage {
    pub(crate) async fn set(place: Place) -> Outcome<Self> {
        let (url, others) = match place {
            Place::Together => {
                let server = server().await?;
                let app = agent(&server.url()).await?;
                (server.url(), Others::Here { app: Box::new(app), server: Box::new(server) })
            }
            Place::Apart => {
                let (server, url) = Process::spawn(&["server"])?;
                let (agent, _) = Process::spawn(&["agent", &url])?;
                (url, Others::There { agent, server })
            }
        };
        let client = client(&url).await?;
        if add::call(&client, 1, 2).await? != 3 {
            return Err(failed("1 and 2 are not 3"));
        }
        Ok(Self { url, client, others })
    }

    /// The CPU time that was used so far: by the client, the server and the agent; by this process where it is all of them.
    pub(crate) fn cpu(&self) -> io::Result<Vec<(&'static str, Duration)>> {
        let own = process::cpu("self")?;
        Ok(match &self.others {
            Others::Here { .. } => vec![("all", own)],
            Others::There { agent, server } => {
                vec![("client", own), ("server", server.cpu()?), ("agent", agent.cpu()?)]
            }
        })
    }

    /// Whether the client's memory is its own.
    pub(crate) fn is_apart(&self) -> bool {
        matches!(self.others, Others::There { .. })
    }

    pub(crate) async fn strike(self) -> Outcome<()> {
        match self.others {
            Others::Here { app, server } => {
                app.shutdown().await?;
                server.shutdown().await;
            }
            Others::There { agent, server } => drop((agent, server)),
        }
        Ok(())
    }
}
