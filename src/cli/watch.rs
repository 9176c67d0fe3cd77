//! `watch`: follows a state of an app, or a call. `cancel`: ends a call.

use std::time::Duration;

use futures_util::StreamExt as _;
use rekuest_agent::Signals;
use rekuest_client::graphql::operations::{Assignation, AssignationEvent, Cancel, EventKind};
use rekuest_client::{Client, GraphqlError, StateError};
use rekuest_core::CallError;
use serde_json::json;

use super::output::Output;
use super::{print, values};
use crate::Exit;

/// How often a call is looked at. A caller is told as it happens; whoever watches another's call asks.
const LOOKS: Duration = Duration::from_millis(300);

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

async fn follow_call(client: &Client, id: &str, output: Output) -> Result<Exit, CallError> {
    let mut last: Option<String> = None;
    loop {
        let state = client.graphql().execute(&Assignation { id }).await.map_err(|error| asked(id, error))?;
        let Some(state) = state else {
            return Err(CallError::NotFound(format!("there is no call `{id}`")));
        };
        // Newest first.
        let new = state.events.iter().take_while(|event| last.as_ref() != Some(&event.id));
        let new: Vec<&AssignationEvent> = new.collect();
        // A server tells the last few. What it no longer tells is not passed over.
        if last.is_some() && !new.is_empty() && new.len() == state.events.len() {
            lost(output);
        }
        for event in new.iter().rev() {
            show(event, output);
        }
        last = state.events.first().map(|event| event.id.clone()).or(last);
        if state.is_done {
            return Ok(end(state.events.iter().find(|event| event.kind.is_terminal())));
        }
        tokio::time::sleep(LOOKS).await;
    }
}

fn asked(id: &str, error: GraphqlError) -> CallError {
    match error {
        GraphqlError::Errors { .. } => {
            CallError::NotFound(format!("the call `{id}` cannot be asked about: {error}"))
        }
        GraphqlError::Refused { .. } => CallError::Refused(error.to_string()),
        error => CallError::Connection {
            context: format!("the call `{id}` cannot be asked about"),
            source: std::sync::Arc::new(error),
        },
    }
}

/// More has happened between two looks than the server tells.
fn lost(output: Output) {
    match output {
        Output::Json => print::result(json!({ "event": "LOST" })),
        Output::Text => {
            print::progress("there were more events than the server tells; some are not shown here")
        }
    }
}

fn show(event: &AssignationEvent, output: Output) {
    // As it is spelled on the wire.
    let kind = json!(event.kind);
    if output == Output::Json {
        return print::result(json!({
            "event": kind, "id": event.id, "progress": event.progress, "message": event.message,
            "level": event.level, "returns": event.returns,
        }));
    }
    let percent = event.progress.map(|percent| format!(" {percent} %")).unwrap_or_default();
    let message = event.message.as_ref().map(|message| format!(" {message}")).unwrap_or_default();
    let returns =
        event.returns.as_deref().and_then(values::show).map(|text| format!(" {text}")).unwrap_or_default();
    let kind = kind.as_str().unwrap_or_default();
    print::result(format_args!("{kind}{percent}{message}{returns}"));
}

/// How the call has ended, as an exit code.
fn end(terminal: Option<&AssignationEvent>) -> Exit {
    let Some(event) = terminal else { return Exit::SUCCESS };
    let message = event.message.clone().unwrap_or_default();
    match event.kind {
        EventKind::Done => Exit::SUCCESS,
        EventKind::Error => CallError::Error { message }.into(),
        EventKind::Critical => CallError::Critical { message }.into(),
        EventKind::Interupted => CallError::Interrupted.into(),
        _ => CallError::Cancelled.into(),
    }
}

/// Asks for the cancellation of a call.
pub(super) async fn cancel(client: &Client, args: &CancelArgs, output: Output) -> Result<Exit, CallError> {
    let cancel = Cancel { assignation: &args.id };
    client.graphql().execute(&cancel).await.map_err(|error| asked(&args.id, error))?;
    match output {
        Output::Json => print::result(json!({ "cancelling": args.id })),
        Output::Text => print::progress(format_args!("the cancellation of {} was asked for", args.id)),
    }
    Ok(Exit::SUCCESS)
}
