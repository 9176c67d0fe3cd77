//! `call`: one call of a function, its progress shown.

use std::path::PathBuf;
use std::time::Duration;

use rekuest_agent::Signals;
use rekuest_client::{Args, Client, RunningCall};
use rekuest_core::caller::CallOptions;
use rekuest_core::{ActionKind, CallError};

use super::output::Output;
use super::shown::Shown;
use super::{resolve, values};
use crate::{App, Exit};

#[derive(Debug, clap::Args)]
pub(super) struct CallArgs {
    #[arg(value_name = "ACTION", help = resolve::ACTION)]
    interface: String,
    /// Its arguments: text as it is, everything else as JSON
    #[arg(value_name = "KEY=VALUE")]
    args: Vec<String>,
    /// More arguments, from a file with a JSON object, or from standard input: `-`; those beside it come first
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// The app that provides it; this one if it does
    #[arg(long)]
    app: Option<String>,
    /// Print every event as it comes
    #[arg(long)]
    stream: bool,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "expected a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

pub(super) async fn call(
    client: &Client,
    app: &App,
    line: CallArgs,
    output: Output,
) -> Result<Exit, CallError> {
    let action = resolve::action(client, app, &line.interface, line.app.as_deref()).await?;
    let file = match line.json.as_deref().map(values::read_file).transpose() {
        Ok(file) => file.unwrap_or_default(),
        Err(error) => return Ok(Exit::usage(error)),
    };
    let args = match values::parse(&line.args, file, action.args()) {
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
    let mut shown = Shown::new(output, line.stream, action.kind() == ActionKind::Generator);
    shown.started(running.assignation());
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
            Some(event) => shown.event(&event),
            None => {
                shown.ended();
                return Ok(Exit::SUCCESS);
            }
        }
    }
}

/// Has the call cancelled; a further signal does not wait for it.
async fn cancel(running: &RunningCall, signals: &mut Signals) -> Result<Exit, CallError> {
    tokio::select! {
        cancelled = running.cancel() => {
            cancelled?;
            let id = running.assignation();
            Ok(Exit::cancelled(format!("interrupted: the cancellation of the call {id} was asked for")))
        }
        _ = signals.next() => {
            let id = running.assignation();
            Ok(Exit::cancelled(format!("interrupted: the call {id} may go on")))
        }
    }
}
