//! `call`: one call of a function, its progress shown.

use std::time::Duration;

use rekuest_agent::Signals;
use rekuest_client::{Args, Client, RunningCall};
use rekuest_core::CallError;
use rekuest_core::caller::{CallEvent, CallOptions};

use super::{print, values};
use crate::{App, Exit};

#[derive(Debug, clap::Args)]
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
    let mut signals = match Signals::receive() {
        Ok(signals) => signals,
        Err(error) => return Ok(Exit::failed(format!("signals cannot be received: {error}"))),
    };
    let mut options = CallOptions::default();
    options.timeout = line.timeout;
    let mut starting = std::pin::pin!(action.start_with(Args::from_json(args), options));
    let mut running = tokio::select! {
        running = &mut starting => running?,
        // The server may have accepted it already, so its id is waited for to cancel it by.
        _ = signals.next() => tokio::select! {
            running = &mut starting => return cancel(&running?, &mut signals).await,
            _ = signals.next() => return Ok(Exit::cancelled("interrupted: whether the call runs is not known")),
        },
    };
    loop {
        let event = tokio::select! {
            event = running.next() => event,
            _ = signals.next() => return cancel(&running, &mut signals).await,
        };
        let event = match event {
            // The library asks for the cancellation in the background, but this process is about to end.
            Err(error @ CallError::Timeout(_)) => {
                // How it went is told by the error already.
                let _ = cancel(&running, &mut signals).await?;
                return Err(error);
            }
            event => event?,
        };
        match event {
            Some(event) => show(&event),
            None => return Ok(Exit::SUCCESS),
        }
    }
}

/// Has the call cancelled; a further signal does not wait for it.
async fn cancel(running: &RunningCall, signals: &mut Signals) -> Result<Exit, CallError> {
    tokio::select! {
        cancelled = running.cancel() => {
            cancelled?;
            Ok(Exit::cancelled("interrupted: the cancellation of the call was asked for"))
        }
        _ = signals.next() => Ok(Exit::cancelled("interrupted: the call may go on")),
    }
}

fn show(event: &CallEvent) {
    match event {
        CallEvent::Yield(returns) => {
            if let Some(text) = values::show(returns) {
                print::result(text);
            }
        }
        // Every call is queued first; that is no news.
        CallEvent::Progress { percent: Some(0), message: Some(message) } if message.starts_with("Queued") => {
        }
        CallEvent::Progress { percent, message } => {
            let percent = percent.map(|percent| format!("{percent} % ")).unwrap_or_default();
            print::progress(format_args!("{percent}{}", message.as_deref().unwrap_or_default()));
        }
        CallEvent::Log { level, message } => print::progress(format_args!("{level}: {message}")),
        CallEvent::Unreachable => print::progress("the server cannot be reached; waiting for it"),
        CallEvent::Disconnected => print::progress("the agent is away; waiting for it to come back"),
        _ => {}
    }
}
