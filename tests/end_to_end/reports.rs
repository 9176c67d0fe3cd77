//! What a function tells while it runs: progress, logs, what it traces; to fast servers and to slow ones.

use std::sync::Once;
use std::time::Duration;

use rekuest::prelude::*;
use rekuest_client::RunningCall;
use rekuest_client::graphql::Operation;
use rekuest_client::graphql::operations::{Assignation, Ided};
use rekuest_core::caller::CallEvent;
use serde::Serialize;
use tracing_subscriber::prelude::*;

use crate::in_process::{client, server, started, taking};

/// Has what is traced in this process sent to callers.
fn tracing_is_sent() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| tracing_subscriber::registry().with(rekuest::tracing_layer()).init());
}

/// The events of a call that ends with DONE.
async fn events(mut call: RunningCall) -> Vec<CallEvent> {
    let mut events = Vec::new();
    while let Some(event) = call.next().await.expect("DONE") {
        events.push(event);
    }
    events
}

fn logs(events: &[CallEvent]) -> Vec<(LogLevel, &str)> {
    events
        .iter()
        .filter_map(|event| match event {
            CallEvent::Log { level, message } => Some((*level, message.as_str())),
            _ => None,
        })
        .collect()
}

/// Logs at every level, by itself and by tracing.
#[register]
async fn at_every_level(task: Task) {
    for level in [LogLevel::Debug, LogLevel::Info, LogLevel::Warn, LogLevel::Error, LogLevel::Critical] {
        task.log(level, "logged");
    }
    tracing::error!(code = 7, "traced");
    tracing::warn!("traced");
    tracing::info!("traced");
    tracing::debug!("traced");
    tracing::trace!("traced");
}

#[tokio::test]
async fn progress_and_logs_arrive_in_the_order_they_were_made() {
    let server = server(&["showcase", "caller"]).await;
    let app = started(App::new("showcase").linked(), &server).await;
    let caller = client(&server, "caller").await;
    let action = caller.find("showcase", "prog_log").await.expect("the action");
    let events = events(action.start(args! { n: 200 }).await.expect("a call")).await;
    let told: Vec<String> = events
        .iter()
        .filter_map(|event| match event {
            CallEvent::Progress { percent: Some(percent), message: Some(message) } => {
                Some(format!("{percent} {message}"))
            }
            CallEvent::Log { level, message } => Some(format!("{level:?} {message}")),
            _ => None,
        })
        .skip_while(|told| told != "0 step 0")
        .collect();
    let expected: Vec<String> = (0..200)
        .flat_map(|step| [format!("{} step {step}", step * 100 / 200), format!("Info log {step}")])
        .collect();
    assert_eq!(told, expected);
    assert!(matches!(events.last(), Some(CallEvent::Yield(_))), "nothing comes after what is returned");
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn logs_have_their_level_and_traces_of_info_and_above_are_logs() {
    tracing_is_sent();
    let server = server(&["provider", "caller"]).await;
    let app = started(App::new("provider").function(&at_every_level::IMPLEMENTATION), &server).await;
    let caller = client(&server, "caller").await;
    let action = caller.find("provider", "at_every_level").await.expect("the action");
    let events = events(action.start(args! {}).await.expect("a call")).await;
    assert_eq!(
        logs(&events),
        [
            (LogLevel::Debug, "logged"),
            (LogLevel::Info, "logged"),
            (LogLevel::Warn, "logged"),
            (LogLevel::Error, "logged"),
            (LogLevel::Critical, "logged"),
            (LogLevel::Error, "traced code=7"),
            (LogLevel::Warn, "traced"),
            (LogLevel::Info, "traced"),
        ]
    );
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// `assign`, which asks for everything that is traced.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Captured<'a> {
    instance_id: &'a str,
    action: &'a str,
    args: serde_json::Value,
    reference: String,
    capture: bool,
}

impl Operation for Captured<'_> {
    const NAME: &'static str = "Captured";
    const DOCUMENT: &'static str = "mutation Captured($input: AssignInput!) { assign(input: $input) { id } }";
    const FIELD: &'static str = "assign";
    const INPUT: bool = true;
    const IDEMPOTENT: bool = false;
    type Data = Ided;
}

#[tokio::test]
async fn what_is_traced_below_info_is_sent_to_who_captures_it_and_to_nobody_else() {
    tracing_is_sent();
    let server = server(&["showcase", "caller"]).await;
    let app = started(App::new("showcase").linked(), &server).await;
    let caller = client(&server, "caller").await;
    let printing = caller.find("showcase", "printing").await.expect("the action");
    let captured = Captured {
        instance_id: caller.instance_id(),
        action: printing.id(),
        args: serde_json::json!({"a": 1}),
        reference: uuid::Uuid::new_v4().to_string(),
        capture: true,
    };
    let captured = caller.graphql().execute(&captured).await.expect("a call");
    let seen = loop {
        let state = caller.graphql().execute(&Assignation { id: &captured.id }).await;
        let state = state.expect("an answer").expect("it is known");
        if state.is_done {
            break state;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    let logs_of_it: Vec<_> =
        seen.events.iter().filter_map(|event| Some((event.level?, event.message.as_deref()?))).collect();
    assert!(
        logs_of_it.contains(&(LogLevel::Info, "informed 1"))
            && logs_of_it.contains(&(LogLevel::Debug, "debugged 1")),
        "{logs_of_it:?}"
    );
    let others = events(printing.start(args! { a: 2 }).await.expect("a call")).await;
    assert_eq!(logs(&others), [(LogLevel::Info, "informed 2")]);
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// Says far more than a slow server takes, for a while.
#[register]
async fn talks(task: Task, lines: usize) -> usize {
    for line in 0..lines {
        for part in 0..10 {
            task.progress(50, format_args!("line {line} part {part}"));
        }
        task.log(LogLevel::Info, format_args!("line {line}"));
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    lines
}

#[tokio::test]
async fn a_slow_server_is_not_talked_to_death() {
    const LINES: usize = 2_000;
    let server = taking(&["provider", "caller"])
        .events_per_second(40)
        .heartbeat(Duration::from_secs(1), Duration::from_secs(4))
        .start()
        .await
        .expect("a server");
    let app = started(App::new("provider").function(&talks::IMPLEMENTATION), &server).await;
    let caller = client(&server, "caller").await;
    let action = caller.find("provider", "talks").await.expect("the action");
    let events = events(action.start(args! { lines: LINES }).await.expect("a call")).await;
    let returned = events.iter().find_map(|event| match event {
        CallEvent::Yield(returns) => Some(returns.get()),
        _ => None,
    });
    assert_eq!(returned, Some(r#"{"return0":2000}"#));
    // What arrives is in order, and what is missing is counted where it is missing.
    let mut next = 0;
    let mut dropped = 0;
    for (level, message) in logs(&events) {
        if let Some(line) = message.strip_prefix("line ") {
            let line: usize = line.parse().expect("a number");
            assert!(line >= next, "{line} comes after {next}");
            next = line + 1;
        } else {
            assert_eq!(level, LogLevel::Warn, "{message}");
            let missing = message.split_once(" logs were dropped").expect(message).0;
            dropped += missing.parse::<usize>().expect("a number");
        }
    }
    let arrived = logs(&events).iter().filter(|(_, message)| message.starts_with("line ")).count();
    assert_eq!(arrived + dropped, LINES);
    let status = app.handle().status();
    assert_eq!((status.connections, status.logs_dropped), (1, dropped as u64), "{status:?}");
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}
