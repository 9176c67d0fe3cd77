//! What an agent does with an ASSIGN.

use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use rekuest_core::Function;
use serde_json::json;
use tokio::sync::Notify;

use crate::functions::{Made, counts};
use crate::scripted::{Peer, waits};

fn add() -> Function {
    Function::blocking("add", ["a", "b"], |a: i64, b: i64| a + b).default("b", 3_i64)
}

#[tokio::test]
async fn an_assignation_is_queued_yields_and_is_done() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([add()]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "add", json!({"a": 1, "b": 2})).await;

    let queued = socket.receive().await;
    assert_eq!(queued["type"], "PROGRESS");
    assert_eq!(queued["assignation"], "7");
    assert_eq!(queued["progress"], 0);
    let yielded = socket.receive().await;
    assert_eq!(yielded["type"], "YIELD");
    assert_eq!(yielded["returns"], json!({"return0": 3}));
    let done = socket.receive().await;
    assert_eq!(done["type"], "DONE");
    assert_ne!(done["id"], yielded["id"]);
    socket.assert_silent().await;
}

#[tokio::test]
async fn a_missing_or_null_argument_takes_its_default() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([add()]);
    let mut socket = peer.connection(&[]).await;
    for (id, args) in [("1", json!({"a": 1})), ("2", json!({"a": 1, "b": null}))] {
        socket.assign(id, "add", args).await;
        assert_eq!(socket.receive_type("YIELD").await["returns"], json!({"return0": 4}));
    }
}

#[tokio::test]
async fn arguments_that_do_not_fit_are_an_error_with_the_path() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([add()]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "add", json!({"a": "x"})).await;
    let (kinds, end) = socket.receive_to_end().await;
    assert_eq!(kinds, ["PROGRESS", "ERROR"]);
    assert_eq!(end["error"], "a: expected INT, got \"x\"");
}

#[tokio::test]
async fn returns_without_a_json_are_an_error() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([Function::blocking("nan", [], || f64::NAN)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "nan", json!({})).await;
    let (kinds, end) = socket.receive_to_end().await;
    assert_eq!(kinds, ["PROGRESS", "ERROR"]);
    assert_eq!(end["error"], "return0: expected a finite FLOAT, got NaN");
}

#[tokio::test]
async fn a_failing_function_is_critical_with_its_message_and_sources() {
    #[derive(Debug)]
    struct Outer(std::num::ParseIntError);
    impl std::fmt::Display for Outer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("could not move")
        }
    }
    impl std::error::Error for Outer {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
    let mut peer = Peer::start().await;
    let _agent = peer.agent([Function::blocking("fails", [], || "x".parse::<i64>().map_err(Outer))]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "fails", json!({})).await;
    let (_, end) = socket.receive_to_end().await;
    assert_eq!(end["type"], "CRITICAL");
    assert_eq!(end["error"], "could not move: invalid digit found in string");
}

#[tokio::test]
async fn a_panic_is_critical_and_the_agent_lives_on() {
    fn panics(message: String) -> i64 {
        panic!("{message}")
    }
    let mut peer = Peer::start().await;
    let blocking = Function::blocking("blocking", ["message"], panics);
    let future = Function::future("future", ["message"], |message: String| async move { panics(message) });
    let at_once =
        Function::future("at_once", ["message"], |message: String| std::future::ready(panics(message)));
    let _agent = peer.agent([blocking, future, at_once, add()]);
    let mut socket = peer.connection(&[]).await;
    for interface in ["blocking", "future", "at_once"] {
        socket.assign(interface, interface, json!({"message": "boom"})).await;
        let (_, end) = socket.receive_to_end().await;
        assert_eq!(end["type"], "CRITICAL");
        assert_eq!(end["error"], "the function panicked: boom");
    }
    socket.assign("7", "add", json!({"a": 1})).await;
    assert_eq!(socket.receive_to_end().await.1["type"], "DONE");
}

#[tokio::test]
async fn an_unknown_interface_is_critical_and_nothing_more() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([add()]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "nope", json!({})).await;
    let (kinds, end) = socket.receive_to_end().await;
    assert_eq!(kinds, ["CRITICAL"]);
    assert_eq!(end["error"], "this app has no function `nope`");
    socket.assert_silent().await;
}

#[tokio::test]
async fn an_unknown_extension_is_critical_and_nothing_more() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([add()]);
    let mut socket = peer.connection(&[]).await;
    let assign = json!({
        "type": "ASSIGN", "interface": "add", "extension": "other", "assignation": "7", "args": {"a": 1},
    });
    socket.send(assign.clone()).await;
    let (kinds, end) = socket.receive_to_end().await;
    assert_eq!(kinds, ["CRITICAL"]);
    assert_eq!(end["error"], "this app has no function `add` in the extension `other`, but in `default`");
    // Known now, and ended: it does not run after all.
    let mut again = assign;
    again["extension"] = json!("default");
    socket.send(again).await;
    socket.assert_silent().await;
}

#[tokio::test]
async fn an_assign_with_no_more_than_it_needs_runs() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([add()]);
    let mut socket = peer.connection(&[]).await;
    let least = json!({"type": "ASSIGN", "interface": "add", "assignation": "7", "args": {"a": 1}});
    socket.send(least).await;
    assert_eq!(socket.receive_to_end().await.0, ["PROGRESS", "YIELD", "DONE"]);
    let odd = json!({
        "type": "ASSIGN", "interface": "add", "assignation": "8", "args": {"a": 1}, "user": 5, "capture": "true",
        "later": [{}],
    });
    socket.send(odd).await;
    let (_, end) = socket.receive_to_end().await;
    assert_eq!(end["assignation"], "8");
}

#[tokio::test]
async fn a_failure_after_yields_keeps_them() {
    let mut peer = Peer::start().await;
    let (_made, contexts) = Made::new();
    let _agent = peer.agent_with([counts()], |builder| builder.contexts(contexts).max_message(100));
    let mut socket = peer.connection(&[]).await;
    // The number makes the texts longer: from the tenth on they are too large.
    socket.assign("7", "counts", json!({"n": 20, "size": 84})).await;
    let (kinds, _) = socket.receive_to_end().await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "YIELD").count(), 10, "{kinds:?}");
    assert_eq!(kinds.last().expect("an end"), "CRITICAL");
}

#[tokio::test]
async fn malformed_and_unknown_frames_are_survived_and_a_readable_id_is_answered() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([add()]);
    let mut socket = peer.connection(&[]).await;
    for text in
        ["", "{", "[]", "5", "{}", "null", r#"{"type": 5}"#, r#"{"type": "NOPE"}"#, r#"{"type": "CANCEL"}"#]
    {
        socket.send_text(text).await;
    }
    socket.send(json!({"error": "1 validation error for PROGRESS"})).await;
    socket.send(json!({"type": "COLLECT", "drawers": ["1"]})).await;
    socket.send(json!({"type": "PAUSE", "assignation": "1"})).await;
    socket.send(json!({"type": "ASSIGN", "assignation": "8", "interface": "add", "args": 5})).await;
    let end = socket.receive().await;
    assert_eq!(end["type"], "CRITICAL");
    assert_eq!(end["assignation"], "8");
    assert_eq!(end["error"], "the agent could not read the frame: ASSIGN.args: expected an object, got 5");
    socket.assert_silent().await;
}

#[tokio::test]
async fn heartbeats_are_answered_while_a_blocking_function_runs() {
    let mut peer = Peer::start().await;
    let (go_on, wait) = mpsc::channel::<()>();
    let wait = Arc::new(Mutex::new(wait));
    let blocks = Function::blocking("blocks", [], move || {
        let _ = wait.lock().expect("unpoisoned").recv();
    });
    let _agent = peer.agent([blocks]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "blocks", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    socket.assert_silent().await;
    go_on.send(()).expect("the function waits");
    assert_eq!(socket.receive_to_end().await.0, ["YIELD", "DONE"]);
}

#[tokio::test]
async fn assignations_run_at_the_same_time() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let _agent = peer.agent([waits(&go_on), add()]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("1", "waits", json!({})).await;
    socket.assign("2", "add", json!({"a": 1})).await;
    let done = socket.receive_type("DONE").await;
    assert_eq!(done["assignation"], "2");
    go_on.notify_one();
    assert_eq!(socket.receive_type("DONE").await["assignation"], "1");
}

#[tokio::test]
async fn an_assignation_that_is_delivered_twice_runs_once() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let _agent = peer.agent([waits(&go_on)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "waits", json!({})).await;
    socket.assign("7", "waits", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    socket.assert_silent().await;
    go_on.notify_one();
    assert_eq!(socket.receive_to_end().await.0, ["YIELD", "DONE"]);
    socket.assign("7", "waits", json!({})).await;
    socket.assert_silent().await;
}

#[tokio::test]
async fn a_panic_in_the_cleanup_of_a_cancelled_function_is_critical_and_the_agent_lives_on() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("boom");
        }
    }
    let mut peer = Peer::start().await;
    let bomb = Function::future("bomb", [], || async {
        let _bomb = Bomb;
        std::future::pending::<()>().await;
    });
    let _agent = peer.agent([bomb, add()]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "bomb", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    // The function has to run for its cleanup to be there.
    socket.assign("8", "add", json!({"a": 1})).await;
    assert_eq!(socket.receive_to_end().await.1["type"], "DONE");
    socket.send(json!({"type": "CANCEL", "assignation": "7"})).await;
    let (kinds, end) = socket.receive_to_end().await;
    assert_eq!(kinds, ["CRITICAL"]);
    assert_eq!(end["error"], "the function panicked: boom");
}

#[tokio::test]
async fn blocking_functions_reach_the_runtime() {
    let mut peer = Peer::start().await;
    let spawns = Function::blocking("spawns", [], || {
        let runtime = tokio::runtime::Handle::current();
        let slept = tokio::spawn(tokio::time::sleep(std::time::Duration::from_millis(1)));
        runtime.block_on(slept).map(|()| 5_i64).map_err(|error| error.to_string())
    });
    let _agent = peer.agent([spawns]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "spawns", json!({})).await;
    assert_eq!(socket.receive_type("YIELD").await["returns"], json!({"return0": 5}));
}

#[tokio::test]
async fn a_blocking_function_has_a_thread_of_its_own_however_quick_it_was_before() {
    let mut peer = Peer::start().await;
    let thread = || std::thread::current().name().unwrap_or_default().to_owned();
    let _agent = peer.agent([Function::blocking("thread", [], thread)]);
    let mut socket = peer.connection(&[]).await;
    for id in 0..40 {
        socket.assign(&id.to_string(), "thread", json!({})).await;
        let yielded = socket.receive_type("YIELD").await;
        assert_eq!(yielded["returns"]["return0"], "rekuest-blocking", "call {id}");
        socket.receive_type("DONE").await;
    }
}
