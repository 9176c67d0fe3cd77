//! `watch`: follows a state of an app, or a call. `cancel`: ends a call.

use futures_util::StreamExt as _;
use rekuest_agent::Signals;
use rekuest_client::{Client, StateError};
use rekuest_core::CallError;
use rekuest_core::caller::CallEvent;
use serde_json::json;

use super::output::Output;
use super::shown::described;
use super::{print, values};
use crate::Exit;

#[derive(Debug, clap::Args)]
pub(super) struct WatchArgs {
    /// A state as APP/STATE, or the id of a call, which is followed from the last events that the server tells
    what: String,
    /// The instance of the app, for a state
    #[arg(long, default_value = "default")]
    of_instance: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct CancelArgs {
    /// The id of the call
    id: String,
}

/// Prints each value of a state, or each event of a call, until the call ends or somebody interrupts.
pub(super) async fn watch(client: &Client, args: WatchArgs, output: Output) -> Result<Exit, CallError> {
    let mut signals = match Signals::receive() {
        Ok(signals) => signals,
        Err(error) => return Ok(Exit::failed(format!("signals cannot be received: {error}"))),
    };
    let watching = async {
        match args.what.split_once('/') {
            Some((app, state)) => Ok(follow_state(client, app, &args.of_instance, state, output).await),
            None => follow_call(client, &args.what, output).await,
        }
    };
    tokio::select! {
        ended = watching => ended,
        _ = signals.next() => Ok(Exit::SUCCESS),
    }
}

async fn follow_state(client: &Client, app: &str, instance: &str, state: &str, output: Output) -> Exit {
    let mut values = client.state_named(app, instance, state).watch();
    while let Some(value) = values.next().await {
        match (value, output) {
            (Ok(value), Output::Json) => print::result(value),
            (Ok(value), Output::Text) => print::result(fields(&value)),
            (Err(error), _) => return state_exit(&error),
        }
    }
    Exit::SUCCESS
}

/// `x: 1.5, place: "home"`.
fn fields(value: &serde_json::Value) -> String {
    match value.as_object() {
        Some(fields) => {
            fields.iter().map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>().join(", ")
        }
        None => value.to_string(),
    }
}

fn state_exit(error: &StateError) -> Exit {
    match error {
        StateError::NotFound(_) | StateError::Refused(_) => Exit::refused(error.to_string()),
        StateError::Connection { .. } => Exit::unreachable(error.to_string()),
        _ => Exit::failed(error.to_string()),
    }
}

/// Follows a call from the last events that the server tells. That nobody watches any more does not end it.
async fn follow_call(client: &Client, id: &str, output: Output) -> Result<Exit, CallError> {
    let mut call = client.attach(id).await?;
    loop {
        match call.next().await {
            Ok(Some(event)) => show(&event, output),
            Ok(None) => {
                end("DONE", None, output);
                return Ok(Exit::SUCCESS);
            }
            // Too much at once, from a call of another identity. What comes from now on is shown.
            Err(CallError::Lagged { .. }) => {
                lost(output);
                call = client.attach(id).await?;
            }
            Err(error) => {
                match &error {
                    CallError::Error { message } => end("ERROR", Some(message), output),
                    CallError::Critical { message } => end("CRITICAL", Some(message), output),
                    CallError::Cancelled => end("CANCELLED", None, output),
                    CallError::Interrupted => end("INTERUPTED", None, output),
                    _ => {}
                }
                return Err(error);
            }
        }
    }
}

/// More has happened than could be followed.
fn lost(output: Output) {
    match output {
        Output::Json => print::result(json!({ "event": "LOST" })),
        Output::Text => print::progress("there were more events than are told; some are not shown here"),
    }
}

fn show(event: &CallEvent, output: Output) {
    let all = described(event);
    if output == Output::Json {
        return print::result(all);
    }
    let told = match event {
        CallEvent::Yield(returns) => values::show(returns).unwrap_or_default(),
        CallEvent::Progress { percent, message } => {
            let percent = percent.map(|percent| format!("{percent} %"));
            [percent, message.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        CallEvent::Log { level, message } => format!("{level} {message}"),
        _ => String::new(),
    };
    let kind = all["event"].as_str().unwrap_or_default();
    print::result(format!("{kind} {told}").trim_end());
}

/// How the call has ended, as it is spelled on the wire.
fn end(kind: &str, message: Option<&str>, output: Output) {
    match (output, message) {
        (Output::Json, Some(message)) => print::result(json!({"event": kind, "message": message})),
        (Output::Json, None) => print::result(json!({ "event": kind })),
        (Output::Text, Some(message)) => print::result(format_args!("{kind} {message}")),
        (Output::Text, None) => print::result(kind),
    }
}

/// Asks for the cancellation of a call.
pub(super) async fn cancel(client: &Client, args: &CancelArgs, output: Output) -> Result<Exit, CallError> {
    client.cancel(&args.id).await?;
    match output {
        Output::Json => print::result(json!({ "cancelling": args.id })),
        Output::Text => print::progress(format_args!("the cancellation of {} was asked for", args.id)),
    }
    Ok(Exit::SUCCESS)
}
