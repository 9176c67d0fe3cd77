//! What a function reaches of its assignation, and when it is over.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use rekuest_core::message::LogLevel;
use rekuest_core::task::{ChildError, NoTask, current};
use rekuest_core::{Function, Task};
use serde_json::json;
use tokio::sync::{Notify, oneshot};

use crate::functions::{Gate, begins};
use crate::scripted::{Peer, soon};

fn described(task: &Task) -> String {
    let headers: HashMap<_, _> = task.headers().collect();
    assert_eq!(headers.len(), 4);
    format!(
        "{} {} {:?} {:?} {:?} {:?} {:?} {}",
        task.id(),
        task.interface(),
        task.reference(),
        task.parent(),
        task.user(),
        headers["x-assignation-org"],
        headers["x-assignation-action"],
        task.captures()
    )
}

#[tokio::test]
async fn a_function_knows_its_assignation_wherever_it_runs() {
    let mut peer = Peer::start().await;
    let future = Function::future("future", [], || async {
        let task = current().expect("a task");
        tokio::task::yield_now().await;
        let child = task.spawn(async { described(&current().expect("a task")) }).await.expect("a child");
        let blocking = task.spawn_blocking(|| described(&current().expect("a task"))).await.expect("a child");
        assert_eq!((&child, &blocking), (&described(&task), &described(&current().expect("a task"))));
        let elsewhere = tokio::spawn(async { current().err() }).await.expect("no panic");
        assert_eq!(elsewhere, Some(NoTask));
        child
    });
    let blocking = Function::blocking("blocking", [], || {
        let task = current().expect("a task");
        let (sender, receiver) = std::sync::mpsc::channel();
        let _child = task.spawn_blocking(move || sender.send(described(&current().expect("a task"))));
        assert_eq!(receiver.recv(), Ok(described(&task)));
        let elsewhere = std::thread::spawn(|| current().err()).join().expect("no panic");
        assert_eq!(elsewhere, Some(NoTask));
        described(&task)
    });
    let _agent = peer.agent([future, blocking]);
    let mut socket = peer.connection(&[]).await;
    for interface in ["future", "blocking"] {
        socket.assign_child(interface, interface, json!({}), Some("p")).await;
        let yielded = socket.receive_type("YIELD").await;
        let expected = format!(r#"{interface} {interface} Some("r") Some("p") Some("1") "o" "hash" false"#);
        assert_eq!(yielded["returns"]["return0"], json!(expected));
        assert_eq!(socket.receive().await["type"], "DONE");
    }
    assert!(current().is_err(), "there is no task outside of an assignation");
}

#[tokio::test]
async fn what_a_function_tells_comes_in_its_order_and_words() {
    let mut peer = Peer::start().await;
    let tells = Function::future("tells", [], || async {
        let task = current().expect("a task");
        let levels = [LogLevel::Debug, LogLevel::Info, LogLevel::Warn, LogLevel::Error, LogLevel::Critical];
        for level in levels {
            assert!(task.log(level, "said"));
        }
        assert!(task.progress(250, "beyond"));
    });
    let _agent = peer.agent([tells]);
    let mut socket = peer.able_connection(&["unpaced"], &[]).await;
    socket.assign("7", "tells", json!({})).await;
    socket.receive().await;
    for level in ["DEBUG", "INFO", "WARN", "ERROR", "CRITICAL"] {
        let log = socket.receive().await;
        assert_eq!(
            (&log["type"], &log["level"], &log["message"]),
            (&json!("LOG"), &json!(level), &json!("said"))
        );
    }
    let progress = socket.receive().await;
    assert_eq!((&progress["progress"], &progress["message"]), (&json!(100), &json!("beyond")));
}

#[tokio::test]
async fn nothing_is_heard_after_the_end() {
    let mut peer = Peer::start().await;
    let kept: Arc<Mutex<Option<Task>>> = Arc::default();
    let keep = Arc::clone(&kept);
    let leaks = Function::future("leaks", [], move || {
        *keep.lock().expect("unpoisoned") = current().ok();
        std::future::ready(1_i64)
    });
    let _agent = peer.agent([leaks]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "leaks", json!({})).await;
    socket.receive_to_end().await;
    let task = kept.lock().expect("unpoisoned").take().expect("a task");
    assert!(task.cancelled() && task.check().is_err());
    assert!(!task.progress(1, "late") && !task.log(LogLevel::Info, "late"));
    soon("the end", task.until_cancelled()).await;
    soon("a breakpoint", task.breakpoint()).await;
    assert_eq!(soon("no child", task.spawn(async { 1 })).await, Err(ChildError::Cancelled));
    socket.assert_silent().await;
}

#[tokio::test]
async fn what_a_function_started_ends_with_it_however_it_ends() {
    struct Dropped(Option<oneshot::Sender<()>>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            let _ = self.0.take().expect("once").send(());
        }
    }
    for end in ["DONE", "CANCEL", "INTERRUPT", "CRITICAL"] {
        let mut peer = Peer::start().await;
        let (sender, dropped) = oneshot::channel();
        let sender = Arc::new(Mutex::new(Some(sender)));
        let go_on = Arc::new(Notify::new());
        let wait = Arc::clone(&go_on);
        let starts = Function::future("starts", [], move || {
            let (guard, wait) = (Dropped(sender.lock().expect("unpoisoned").take()), Arc::clone(&wait));
            async move {
                let _child = current().expect("a task").spawn(async move {
                    let _guard = guard;
                    begins();
                    std::future::pending::<()>().await;
                });
                wait.notified().await;
                if end == "CRITICAL" { Err("failed") } else { Ok(()) }
            }
        });
        let _agent = peer.agent([starts]);
        let mut socket = peer.able_connection(&["interrupt"], &[]).await;
        socket.assign("7", "starts", json!({})).await;
        socket.receive().await;
        assert_eq!(socket.said().await.1, "begun");
        match end {
            "CANCEL" | "INTERRUPT" => socket.tell(end, "7").await,
            _ => go_on.notify_one(),
        }
        let (_, last) = socket.receive_to_end().await;
        assert!(last["type"].as_str().expect("a type").starts_with(end), "{last}");
        soon("the end of what it started", dropped).await.expect("it is dropped");
        socket.assert_silent().await;
    }
}

#[tokio::test]
async fn blocking_work_that_a_function_started_sees_its_end() {
    let mut peer = Peer::start().await;
    let (sender, seen) = oneshot::channel();
    let sender = Arc::new(Mutex::new(Some(sender)));
    let starts = Function::future("starts", [], move || {
        let sender = sender.lock().expect("unpoisoned").take();
        async move {
            let task = current().expect("a task");
            let child = task.spawn_blocking(move || {
                begins();
                let task = current().expect("a task");
                while task.check().is_ok() {
                    std::thread::yield_now();
                }
                sender.expect("once").send(task.cancelled())
            });
            let _ = child.await;
        }
    });
    let _agent = peer.agent([starts]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "starts", json!({})).await;
    socket.receive().await;
    assert_eq!(socket.said().await.1, "begun");
    socket.tell("CANCEL", "7").await;
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    assert_eq!(soon("the end of the thread", seen).await, Ok(true));
}

#[tokio::test]
async fn a_panic_of_started_work_is_told_to_who_waits_for_it() {
    let mut peer = Peer::start().await;
    let starts = Function::future("starts", [], || async {
        let task = current().expect("a task");
        let child: Result<(), ChildError> = task.spawn(async { panic!("boom") }).await;
        let blocking: Result<(), ChildError> = task.spawn_blocking(|| panic!("bang")).await;
        format!("{}; {}", child.expect_err("a panic"), blocking.expect_err("a panic"))
    });
    let _agent = peer.agent([starts]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "starts", json!({})).await;
    let said = "the work that was started panicked: boom; the work that was started panicked: bang";
    assert_eq!(socket.receive_type("YIELD").await["returns"]["return0"], json!(said));
}

#[tokio::test]
async fn a_blocking_function_is_not_begun_once_it_was_cancelled() {
    let mut peer = Peer::start().await;
    let gate = Gate::new();
    let begun = Arc::new(Mutex::new(0));
    let (held, count) = (gate.clone(), Arc::clone(&begun));
    let moves = Function::blocking("moves", ["waits"], move |waits: bool| {
        *count.lock().expect("unpoisoned") += 1;
        if waits {
            begins();
            held.pass();
        }
    });
    let _agent = peer.agent([moves.concurrency(std::num::NonZeroUsize::MIN)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("1", "moves", json!({"waits": true})).await;
    socket.receive().await;
    assert_eq!(socket.said().await.1, "begun");
    for id in ["2", "3"] {
        socket.assign(id, "moves", json!({"waits": false})).await;
        assert_eq!(socket.said().await.1, "Queued");
    }
    socket.tell("CANCEL", "2").await;
    assert_eq!(socket.receive_to_end().await.1["assignation"], "2");
    gate.open();
    assert_eq!(socket.receive_to_end().await.1["assignation"], "1");
    assert_eq!(socket.receive_to_end().await.1["assignation"], "3");
    assert_eq!(*begun.lock().expect("unpoisoned"), 2);
}
