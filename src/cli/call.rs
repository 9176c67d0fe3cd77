//! `call`: one call of a function, its progress shown.

use std::path::PathBuf;
use std::time::Duration;

use rekuest_agent::Signals;
use rekuest_client::{Args, Client, RunningCall};
use rekuest_core::caller::CallOptions;
use rekuest_core::{ActionKind, CallError};

use super::output::Output;
use super::shown::Shown;
use super::{resolve, run, values};
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
    #[arg(long, value_name = "SECONDS", value_parser = run::seconds)]
    timeout: Option<Duration>,
}

/// Calls a function and shows how it goes. The first signal has the call cancelled, a second one does not wait for its end.
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
    let (mut running, is_interrupted) = tokio::select! {
        running = &mut starting => (running?, false),
        // The server may have accepted it already, so its id is waited for to cancel it by.
        _ = signals.next() => tokio::select! {
            running = &mut starting => (running?, true),
            _ = signals.next() => return Ok(Exit::cancelled("interrupted: whether the call runs is not known")),
        },
    };
    let mut shown = Shown::new(output, line.stream, action.kind() == ActionKind::Generator);
    shown.started(running.assignation());
    let followed = if is_interrupted {
        Followed::Interrupted
    } else {
        follow(&mut running, &mut signals, &mut shown).await
    };
    let ended = match followed {
        Followed::Ended(Err(error @ CallError::Timeout(_))) => {
            // The library asks for the cancellation in the background, but this process is about to end. How the call went
            // is told by the error already.
            let _ = cancel(&running, &mut signals).await;
            Err(error)
        }
        Followed::Ended(ended) => ended,
        Followed::Interrupted => {
            if !cancel(&running, &mut signals).await? {
                return Ok(left(&running));
            }
            // Told what happens until it has ended, unless there is no waiting for that.
            shown.cancelling(running.assignation());
            match follow(&mut running, &mut signals, &mut shown).await {
                Followed::Ended(ended) => ended,
                Followed::Interrupted => return Ok(left(&running)),
            }
        }
    };
    ended?;
    shown.ended();
    Ok(Exit::SUCCESS)
}

/// Until when a call was followed.
enum Followed {
    /// To its end.
    Ended(Result<(), CallError>),
    /// To a signal.
    Interrupted,
}

/// Shows what happens to a call, until it ends or a signal comes.
async fn follow(running: &mut RunningCall, signals: &mut Signals, shown: &mut Shown) -> Followed {
    loop {
        let event = tokio::select! {
            event = running.next() => event,
            _ = signals.next() => return Followed::Interrupted,
        };
        match event {
            Ok(Some(event)) => shown.event(&event),
            Ok(None) => return Followed::Ended(Ok(())),
            Err(error) => return Followed::Ended(Err(error)),
        }
    }
}

/// Has the call cancelled; false if a signal comes before that was asked for.
async fn cancel(running: &RunningCall, signals: &mut Signals) -> Result<bool, CallError> {
    tokio::select! {
        cancelled = running.cancel() => cancelled.map(|()| true),
        _ = signals.next() => Ok(false),
    }
}

/// Nobody waits for the end of a call that was to be cancelled.
fn left(running: &RunningCall) -> Exit {
    let id = running.assignation();
    Exit::cancelled(format!("interrupted: the call {id} may go on"))
}
