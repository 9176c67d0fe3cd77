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
use rekuest_server::command::{CommandError, ServerCommand};
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
    #[arg(long = "token", value_name = "TOKEN=CLIENT/USER/ORGANIZATION", value_parser = token)]
    tokens: Vec<Token>,

    /// Do not let the apps of this user find the server by themselves.
    #[arg(long)]
    no_local: bool,
}

/// Wrapped at once, so that it is in no message.
fn token(text: &str) -> Result<Token, std::convert::Infallible> {
    Ok(Token::new(text))
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    let mut command = ServerCommand::new(arguments.bind);
    command.allow_remote = arguments.allow_remote;
    command.accepts = arguments.tokens;
    command.is_local = !arguments.no_local;
    match command.run(io::stdout()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error @ CommandError::Token) => {
            clap::Error::raw(ErrorKind::InvalidValue, format!("{error}\n")).exit()
        }
        Err(error) => {
            // Nobody may be there to read it; the exit code says it too.
            let _ = writeln!(io::stderr(), "rekuest-server: {error}");
            ExitCode::FAILURE
        }
    }
}
