//! What whoever called can do about a call that runs: cancel and interrupt it, halt it, let it go on; and which calls
//! wait for each other.

use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rekuest::prelude::*;
use rekuest_client::RunningCall;
use rekuest_core::caller::{CallEvent, Instruction};
use tokio::sync::Semaphore;

use crate::in_process::{client, server, started, until};

/// The message of the next progress that is made with one.
async fn next_progress(call: &mut RunningCall) -> String {
    loop {
        match call.next().await.expect("it goes on").expect("it has not ended") {
            CallEvent::Progress { message: Some(message), .. } => return message,
            _ => continue,
        }
    }
}

/// How a call ends that does not return.
async fn end(call: &mut RunningCall) -> CallError {
    loop {
        match call.next().await {
            Ok(Some(_)) => {}
            Ok(None) => panic!("expected another end than DONE"),
            Err(error) => return error,
        }
    }
}

async fn begun(caller: &Client, app: &str, interface: &str, args: rekuest::Args) -> RunningCall {
    let action = caller.find(app, interface).await.expect("the action");
    action.start(args).await.expect("a call")
}

#[tokio::test]
async fn a_call_is_paused_at_a_breakpoint_makes_a_step_and_goes_on() {
    let server = server(&["showcase", "caller"]).await;
    let app = started(App::new("showcase").linked(), &server).await;
    let caller = client(&server, "caller").await;
    let mut call = begun(&caller, "showcase", "breaks", args! { n: 12 }).await;

    call.instruct(Instruction::Pause).await.expect("asked");
    let mut last = String::new();
    loop {
        match next_progress(&mut call).await {
            paused if paused == "paused" => break,
            step => last = step,
        }
    }
    let passed = last.strip_prefix("step ").map_or(0, |step| step.parse::<i64>().expect("a number") + 1);
    assert!(passed < 12, "it was halted before its end");

    call.instruct(Instruction::Step).await.expect("asked");
    assert_eq!(next_progress(&mut call).await, format!("step {passed}"));
    assert_eq!(next_progress(&mut call).await, "paused");

    call.instruct(Instruction::Resume).await.expect("asked");
    assert_eq!(next_progress(&mut call).await, "resumed");
    for step in passed + 1..12 {
        assert_eq!(next_progress(&mut call).await, format!("step {step}"));
    }
    match call.next().await {
        Ok(Some(CallEvent::Yield(returns))) => assert_eq!(returns.get(), r#"{"return0":12}"#),
        other => panic!("expected YIELD, got {other:?}"),
    }
    assert!(call.next().await.expect("DONE").is_none());
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn an_interrupted_call_says_that_it_was_interrupted() {
    let server = server(&["showcase", "caller"]).await;
    let app = started(App::new("showcase").linked(), &server).await;
    let caller = client(&server, "caller").await;
    for (interface, args) in [("breaks", args! { n: 10_000 }), ("spin", args! { seconds: 600.0 })] {
        let mut call = begun(&caller, "showcase", interface, args).await;
        call.instruct(Instruction::Interrupt).await.expect("asked");
        let error = end(&mut call).await;
        assert!(matches!(error, CallError::Interrupted), "{interface}: {error:?}");
    }
    until("the thread is free again", || app.handle().status().lingering == 0).await;
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn a_blocking_function_is_cancelled_at_once_and_leaves_its_thread_later() {
    let server = server(&["provider", "caller"]).await;
    let (release, released) = mpsc::channel::<()>();
    let (begin, has_begun) = mpsc::channel();
    let released = Arc::new(Mutex::new(released));
    let deaf = Function::blocking("deaf", [], move || {
        begin.send(()).expect("the test waits for it");
        // Over when the sender is gone.
        let _ = released.lock().expect("unpoisoned").recv();
    });
    let app = started(App::new("provider").function(deaf), &server).await;
    let handle = app.handle();
    let caller = client(&server, "caller").await;
    let mut call = begun(&caller, "provider", "deaf", args! {}).await;
    until("it runs", || has_begun.try_recv().is_ok()).await;

    call.cancel().await.expect("asked");
    assert!(matches!(end(&mut call).await, CallError::Cancelled));
    let status = handle.status();
    assert_eq!((status.running, status.lingering, status.cancelled), (0, 1, 1), "{status:?}");
    drop(release);
    until("the thread is free again", || handle.status().lingering == 0).await;
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn a_blocking_function_that_looks_for_its_cancellation_leaves() {
    let server = server(&["showcase", "caller"]).await;
    let app = started(App::new("showcase").linked(), &server).await;
    let handle = app.handle();
    let caller = client(&server, "caller").await;
    let mut call = begun(&caller, "showcase", "spin", args! { seconds: 600.0 }).await;
    until("it runs", || handle.status().running == 1).await;
    call.cancel().await.expect("asked");
    assert!(matches!(end(&mut call).await, CallError::Cancelled));
    until("the thread is free again", || handle.status().lingering == 0).await;
    let status = handle.status();
    assert_eq!((status.running, status.cancelled, status.failed), (0, 1, 0), "{status:?}");
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// What the functions of the group have done.
static HISTORY: Mutex<Vec<(&str, i64)>> = Mutex::new(Vec::new());

/// Whoever runs waits for one of these.
static TURNS: Semaphore = Semaphore::const_new(0);

async fn take_turn(number: i64) {
    HISTORY.lock().expect("unpoisoned").push(("begins", number));
    TURNS.acquire().await.expect("it stays open").forget();
    HISTORY.lock().expect("unpoisoned").push(("ends", number));
}

/// In a group.
#[register(group = "lane")]
async fn in_lane(number: i64) {
    take_turn(number).await;
}

/// In the same group.
#[register(group = "lane")]
async fn in_lane_too(number: i64) {
    take_turn(number).await;
}

#[tokio::test]
async fn the_functions_of_a_group_run_one_at_a_time_in_the_order_of_their_calls() {
    let server = server(&["provider", "caller"]).await;
    let app = App::new("provider").function(&in_lane::IMPLEMENTATION).function(&in_lane_too::IMPLEMENTATION);
    let app = started(app, &server).await;
    let caller = client(&server, "caller").await;
    let mut calls = Vec::new();
    for number in 0..6 {
        let interface = if number % 2 == 0 { "in_lane" } else { "in_lane_too" };
        calls.push(begun(&caller, "provider", interface, args! { number: number }).await);
    }
    until("they wait", || app.handle().status().queued == 5).await;
    // What waits can be seen, and cancelled.
    assert!(next_progress(&mut calls[4]).await.starts_with("Queued"));
    calls[4].cancel().await.expect("asked");
    assert!(matches!(end(&mut calls[4]).await, CallError::Cancelled));
    TURNS.add_permits(5);
    for (number, call) in calls.iter_mut().enumerate().filter(|(number, _)| *number != 4) {
        while call.next().await.unwrap_or_else(|error| panic!("{number}: {error}")).is_some() {}
    }
    let expected: Vec<_> =
        [0, 1, 2, 3, 5].into_iter().flat_map(|number| [("begins", number), ("ends", number)]).collect();
    assert_eq!(*HISTORY.lock().expect("unpoisoned"), expected);
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn a_call_that_is_dropped_is_cancelled() {
    let server = server(&["showcase", "caller"]).await;
    let app = started(App::new("showcase").linked(), &server).await;
    let handle = app.handle();
    let caller = client(&server, "caller").await;
    let call = begun(&caller, "showcase", "sleeper", args! { seconds: 600.0 }).await;
    until("it runs", || handle.status().running == 1).await;
    drop(call);
    until("it is cancelled", || handle.status().cancelled == 1).await;
    let ended = tokio::time::timeout(Duration::from_secs(20), app.shutdown()).await;
    ended.expect("nothing is left to wait for").expect("a clean end");
    server.shutdown().await;
}
