//! `server`: the embedded server, in this process.

use std::net::SocketAddr;

use rekuest_core::Token;
use rekuest_server::command::{CommandError, ServerCommand};

use crate::Exit;

#[derive(Debug, clap::Args)]
pub(super) struct ServerArgs {
    /// The address to listen on; port 0 is any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    bind: SocketAddr,
    /// Listen on an address that other machines can reach. The traffic is not encrypted
    #[arg(long)]
    allow_remote: bool,
    /// Accept TOKEN for this identity, as often as needed; without it, one token is made and shown
    #[arg(long, value_name = "TOKEN=CLIENT/USER/ORGANIZATION", value_parser = super::token)]
    accept: Vec<Token>,
    /// Do not let the apps of this user find the server by themselves
    #[arg(long)]
    no_local: bool,
}

pub(super) async fn serve(args: ServerArgs) -> Exit {
    let mut command = ServerCommand::new(args.bind);
    command.allow_remote = args.allow_remote;
    command.accepts = args.accept;
    command.is_local = !args.no_local;
    match command.run(std::io::stdout()).await {
        Ok(()) => Exit::SUCCESS,
        Err(error @ CommandError::Token) => Exit::usage(error.to_string()),
        Err(error) => Exit::failed(error.to_string()),
    }
}
