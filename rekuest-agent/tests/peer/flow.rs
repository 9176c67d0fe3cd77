//! Events against a slow server: what is merged, what is counted, what waits, what is too large.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use rekuest_agent::{AgentBuilder, Pace};
use rekuest_core::message::LogLevel;
use rekuest_core::{Function, task};
use serde_json::json;
use tokio::sync::Notify;

use crate::functions::{Made, begins, counts, counts_blocking};
use crate::scripted::{Peer, soon, until};

fn paced(events: u32) -> impl FnOnce(AgentBuilder) -> AgentBuilder {
    move |builder| builder.pace(Pace::PerSecond(NonZeroU32::new(events).expect("not zero")))
}

#[tokio::test]
async fn progress_is_merged_for_a_slow_server_and_the_newest_is_told() {
    let mut peer = Peer::start().await;
    let told = Arc::new(Notify::new());
    let done = Arc::clone(&told);
    let tells = Function::future("tells", [], move || {
        let done = Arc::clone(&done);
        async move {
            let task = task::current().expect("a task");
            for percent in 0..100_000 {
                task.progress(percent / 1000, percent);
            }
            done.notify_one();
            std::future::pending::<()>().await;
        }
    });
    let agent = peer.agent_with([tells], paced(20));
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "tells", json!({})).await;
    soon("all of it", told.notified()).await;
    assert!(agent.handle.status().events_waiting < 100, "what waits does not grow with what is told");
    let mut frames = 0;
    loop {
        frames += 1;
        let frame = socket.receive().await;
        assert_eq!(frame["type"], "PROGRESS");
        if frame["message"] == "99999" {
            break;
        }
    }
    assert!(frames <= 45, "{frames} frames");
    socket.tell("CANCEL", "7").await;
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
}

#[tokio::test]
async fn a_server_that_says_it_is_fast_is_told_all_progress() {
    let mut peer = Peer::start().await;
    let tells = Function::future("tells", [], || async {
        let task = task::current().expect("a task");
        for percent in 1..=100 {
            task.progress(percent, percent);
        }
    });
    let _agent = peer.agent([tells]);
    let mut socket = peer.able_connection(&["unpaced"], &[]).await;
    socket.assign("7", "tells", json!({})).await;
    let (kinds, _) = socket.receive_to_end().await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "PROGRESS").count(), 101);
}

#[tokio::test]
async fn too_many_logs_are_dropped_counted_and_told() {
    const LOGS: u64 = 12_000;
    let mut peer = Peer::start().await;
    let logs = Function::future("logs", [], || async {
        let task = task::current().expect("a task");
        for number in 0..LOGS {
            task.log(LogLevel::Info, number);
        }
    });
    let agent = peer.agent_with([logs], |builder| builder.pace(Pace::Unlimited));
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "logs", json!({})).await;
    let mut heard = 0;
    let note = loop {
        let frame = socket.receive_type("LOG").await;
        if frame["level"] == "WARN" {
            break frame;
        }
        assert_eq!(frame["message"], heard.to_string());
        heard += 1;
    };
    let dropped = agent.handle.status().logs_dropped;
    assert_eq!(heard + dropped, LOGS, "the runtime did not get to write while the function logged");
    assert!(dropped > 0 && note["message"].as_str().expect("a text").starts_with(&format!("{dropped} logs")));
    assert_eq!(socket.receive_to_end().await.0, ["DONE"]);
}

#[tokio::test]
async fn yields_keep_their_order_and_wait_for_a_peer_that_does_not_read() {
    for interface in ["counts", "counts_blocking"] {
        let mut peer = Peer::start().await;
        let (made, contexts) = Made::new();
        let agent = peer.agent_with([counts(), counts_blocking()], |builder| {
            builder.contexts(contexts).retention(1 << 20, Duration::from_secs(3600)).max_message(1 << 20)
        });
        let mut socket = peer.able_connection(&["unpaced"], &[]).await;
        let items = 300_u64;
        socket.assign("7", interface, json!({"n": items, "size": 100_000})).await;
        // 30 MB: what the sockets hold, and then 1 MiB here. It stands once it makes nothing more for a while.
        let mut before = u64::MAX;
        while made.count() != before || before == 0 {
            before = made.count();
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        assert!(before < items, "nothing waited");
        assert!(agent.handle.status().bytes_kept < 4 << 20, "{}", agent.handle.status().bytes_kept);
        socket.receive_type("PROGRESS").await;
        for number in 0..items {
            let frame = socket.receive().await;
            assert_eq!(frame["type"], "YIELD");
            let text = frame["returns"]["return0"].as_str().expect("a text");
            assert!(text.starts_with(&format!("{number} ")), "expected item {number}");
        }
        assert_eq!(socket.receive().await["type"], "DONE");
    }
}

#[tokio::test]
async fn yields_and_the_end_are_never_merged_for_a_slow_server_and_heartbeats_overtake_them() {
    let mut peer = Peer::start().await;
    let (made, contexts) = Made::new();
    let settings = |builder| paced(100)(AgentBuilder::contexts(builder, contexts));
    let agent = peer.agent_with([counts()], settings);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "counts", json!({"n": 300, "size": 10})).await;
    until("the end", || made.count() == 300 && agent.handle.status().done == 1).await;
    assert!(agent.handle.status().events_waiting > 50);
    socket.send(json!({"type": "HEARTBEAT"})).await;
    let mut before = 0;
    let mut items = 0;
    let mut answered = false;
    loop {
        let frame = socket.receive().await;
        match frame["type"].as_str().expect("a type") {
            "HEARTBEAT_ANSWER" => answered = true,
            "YIELD" => {
                let text = frame["returns"]["return0"].as_str().expect("a text");
                assert!(text.starts_with(&format!("{items} ")));
                items += 1;
            }
            "DONE" => break,
            other => assert_eq!(other, "PROGRESS"),
        }
        before += usize::from(!answered);
    }
    assert_eq!(items, 300);
    // No more than what the pace had let through before it came.
    assert!(before < 260, "{before} frames before the answer");
}

#[tokio::test]
async fn what_is_larger_than_a_message_may_be_is_critical_and_says_how_large() {
    let mut peer = Peer::start().await;
    let large = Function::blocking("large", ["size"], |size: usize| "x".repeat(size));
    let takes = Function::blocking("takes", ["text"], |text: String| text.len());
    let (_made, contexts) = Made::new();
    let _agent =
        peer.agent_with([large, takes, counts()], |builder| builder.max_message(10 << 10).contexts(contexts));
    let mut socket = peer.connection(&[]).await;
    socket.assign("fits", "large", json!({"size": 10_000})).await;
    assert_eq!(socket.receive_to_end().await.1["type"], "DONE");
    socket.assign("return", "large", json!({"size": 3 << 20})).await;
    let (kinds, end) = socket.receive_to_end().await;
    assert_eq!(kinds, ["PROGRESS", "CRITICAL"]);
    let error = end["error"].as_str().expect("an error");
    assert!(error.starts_with("return value of 3 MiB exceeds the limit of 10 KiB"), "{error}");
    socket.assign("arguments", "takes", json!({"text": "x".repeat(11 << 10)})).await;
    let (kinds, end) = socket.receive_to_end().await;
    assert_eq!(kinds, ["CRITICAL"]);
    let error = end["error"].as_str().expect("an error");
    assert!(error.starts_with("arguments of 11 KiB exceed the limit of 10 KiB"), "{error}");
    socket.assign("items", "counts", json!({"n": 3, "size": 20 << 10})).await;
    assert_eq!(socket.receive_to_end().await.0, ["PROGRESS", "CRITICAL"]);
    socket.assert_silent().await;
}

#[tokio::test]
async fn frames_of_many_megabytes_come_and_go() {
    let mut peer = Peer::start().await;
    let echo = Function::blocking("echo", ["text"], |text: String| text);
    let _agent = peer.agent([echo]);
    let mut socket = peer.connection(&[]).await;
    let text = "x".repeat(5 << 20);
    socket.assign("7", "echo", json!({"text": text})).await;
    assert_eq!(socket.receive_type("YIELD").await["returns"]["return0"], json!(text));
}

#[tokio::test]
async fn logs_made_while_the_server_is_away_are_counted() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let wait = Arc::clone(&go_on);
    let logs = Function::future("logs", [], move || {
        let wait = Arc::clone(&wait);
        async move {
            begins();
            let task = task::current().expect("a task");
            wait.notified().await;
            for number in 0..5 {
                task.log(LogLevel::Info, number);
            }
            wait.notified().await;
            task.log(LogLevel::Error, "after");
        }
    });
    let agent = peer.agent([logs]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "logs", json!({})).await;
    socket.receive().await;
    assert_eq!(socket.said().await.1, "begun");
    socket.cut();
    let mut socket = peer.socket().await;
    assert_eq!(socket.receive().await["type"], "REGISTER");
    go_on.notify_one();
    until("the logs", || agent.handle.status().logs_dropped == 5).await;
    peer.accept(&mut socket, &[], &["7"]).await;
    assert_eq!(socket.said().await.1, "Still running");
    go_on.notify_one();
    let note = socket.receive().await;
    assert_eq!(note["level"], "WARN");
    assert!(note["message"].as_str().expect("a text").starts_with("5 logs were dropped"));
    assert_eq!(socket.said().await.1, "after");
    assert_eq!(socket.receive_to_end().await.0, ["YIELD", "DONE"]);
}
