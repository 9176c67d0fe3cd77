//! `call`: one call of a function, its progress shown.

use std::time::Duration;

use clap::Args;
use rekuest_client::Client;
use rekuest_core::CallError;
use rekuest_core::caller::{CallEvent, CallOptions};

use super::values;
use crate::{App, Exit};

#[derive(Debug, Args)]
pub(super) struct CallArgs {
    /// The interface of the function
    interface: String,
    /// Its arguments: text as it is, everything else as JSON
    #[arg(value_name = "KEY=VALUE")]
    args: Vec<String>,
    /// The app that provides it; this one unless given
    #[arg(long)]
    app: Option<String>,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "expected a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

pub(super) async fn call(app: &App, line: CallArgs) -> Exit {
    let client = match app.client().await {
        Ok(client) => client,
        Err(error) => return error.into(),
    };
    match run(&client, app.identifier(), line).await {
        Ok(exit) => exit,
        Err(error) => error.into(),
    }
}

async fn run(client: &Client, identifier: &str, line: CallArgs) -> Result<Exit, CallError> {
    let action = client.find(line.app.as_deref().unwrap_or(identifier), &line.interface).await?;
    let args = match values::parse(&line.args, action.args()) {
        Ok(args) => args,
        Err(error) => return Ok(Exit::usage(error)),
    };
    let mut options = CallOptions::default();
    options.timeout = line.timeout;
    let mut running = action.start_with(rekuest_client::Args::from_json(args), options).await?;
    loop {
        let event = tokio::select! {
            event = running.next() => event,
            _ = tokio::signal::ctrl_c() => {
                running.cancel().await?;
                return Ok(Exit::cancelled("interrupted: the cancellation was asked for"));
            }
        };
        let event = match event {
            // The library asks for the cancellation in the background, but this process is about to end.
            Err(error @ CallError::Timeout(_)) => {
                running.cancel().await?;
                return Err(error);
            }
            event => event?,
        };
        match event {
            Some(CallEvent::Yield(returns)) => {
                if let Some(text) = values::show(&returns) {
                    println!("{text}");
                }
            }
            Some(CallEvent::Progress { percent, message }) => {
                let percent = percent.map(|percent| format!("{percent} % ")).unwrap_or_default();
                eprintln!("{percent}{}", message.unwrap_or_default());
            }
            Some(CallEvent::Log { level, message }) => eprintln!("{level}: {message}"),
            Some(CallEvent::Unreachable) => eprintln!("the server cannot be reached; waiting for it"),
            Some(CallEvent::Disconnected) => eprintln!("the agent is away; waiting for it to come back"),
            Some(_) => {}
            None => return Ok(Exit::SUCCESS),
        }
    }
}
