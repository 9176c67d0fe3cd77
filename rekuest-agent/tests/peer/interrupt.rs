//! INTERRUPT: the end at once, with all children, in words that the server takes.

use std::collections::BTreeSet;

use rekuest_core::Function;
use serde_json::json;

use crate::functions::{Gate, begins, blocks, endless};
use crate::scripted::{Peer, Socket, until};

/// An async function `stuck` whose cleanup keeps its thread until the gate opens.
fn stuck(gate: &Gate) -> Function {
    struct Cleanup(Gate);
    impl Drop for Cleanup {
        fn drop(&mut self) {
            self.0.pass();
        }
    }
    let gate = gate.clone();
    Function::future("stuck", [], move || {
        let gate = gate.clone();
        async move {
            let _cleanup = Cleanup(gate);
            begins();
            std::future::pending::<()>().await;
        }
    })
}

async fn begun(socket: &mut Socket, assignation: &str, interface: &str) {
    socket.assign(assignation, interface, json!({})).await;
    socket.receive().await;
    assert_eq!(socket.said().await.1, "begun");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn an_interrupted_function_is_reported_without_waiting_for_its_cleanup() {
    let mut peer = Peer::start().await;
    let gate = Gate::new();
    let agent = peer.agent([stuck(&gate), blocks(&gate)]);
    let mut socket = peer.able_connection(&["interrupt"], &[]).await;
    for interface in ["stuck", "blocks"] {
        begun(&mut socket, interface, interface).await;
        socket.tell("INTERRUPT", interface).await;
        assert_eq!(socket.receive_to_end().await.0, ["INTERRUPTED"]);
        assert_eq!(agent.handle.status().lingering, 1);
        gate.open();
        until("the end of the code", || agent.handle.status().lingering == 0).await;
    }
    socket.assert_silent().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn interrupt_after_cancel_is_one_end() {
    let mut peer = Peer::start().await;
    let gate = Gate::new();
    let agent = peer.agent([stuck(&gate)]);
    let mut socket = peer.able_connection(&["interrupt"], &[]).await;
    begun(&mut socket, "7", "stuck").await;
    socket.tell("CANCEL", "7").await;
    // Its cleanup goes on, so it is not cancelled yet.
    socket.assert_silent().await;
    socket.tell("INTERRUPT", "7").await;
    assert_eq!(socket.receive_to_end().await.0, ["INTERRUPTED"]);
    gate.open();
    until("the end of the code", || agent.handle.status().lingering == 0).await;
    socket.tell("CANCEL", "7").await;
    socket.tell("INTERRUPT", "7").await;
    socket.assert_silent().await;
}

#[tokio::test]
async fn children_are_interrupted_with_their_parent_and_others_are_not() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([endless()]);
    let mut socket = peer.able_connection(&["interrupt"], &[]).await;
    let family = [("parent", None), ("child", Some("parent")), ("grandchild", Some("child"))];
    // Two that name each other as parents are a family as well, and no endless one.
    let circle = [("a", Some("b")), ("b", Some("a"))];
    for (id, parent) in family.into_iter().chain(circle).chain([("other", None)]) {
        socket.assign_child(id, "endless", json!({}), parent).await;
        socket.receive().await;
        assert_eq!(socket.said().await.1, "begun");
    }
    for (told, expected) in [("parent", vec!["child", "grandchild", "parent"]), ("b", vec!["a", "b"])] {
        socket.tell("INTERRUPT", told).await;
        let mut interrupted = BTreeSet::new();
        for _ in &expected {
            let frame = socket.receive().await;
            assert_eq!(frame["type"], "INTERRUPTED");
            interrupted.insert(frame["assignation"].as_str().expect("an id").to_owned());
        }
        assert_eq!(interrupted.into_iter().collect::<Vec<_>>(), expected);
        socket.assert_silent().await;
    }
    socket.tell("CANCEL", "other").await;
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
}

#[tokio::test]
async fn a_grandchild_is_interrupted_also_when_the_call_in_between_has_ended() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([endless(), Function::blocking("one", [], || 1_i64)]);
    let mut socket = peer.able_connection(&["interrupt"], &[]).await;
    begun(&mut socket, "parent", "endless").await;
    socket.assign_child("child", "one", json!({}), Some("parent")).await;
    socket.receive_to_end().await;
    socket.assign_child("grandchild", "endless", json!({}), Some("child")).await;
    socket.receive().await;
    assert_eq!(socket.said().await.1, "begun");
    socket.tell("INTERRUPT", "parent").await;
    let mut interrupted = BTreeSet::new();
    for _ in 0..2 {
        let frame = socket.receive().await;
        assert_eq!(frame["type"], "INTERRUPTED");
        interrupted.insert(frame["assignation"].as_str().expect("an id").to_owned());
    }
    assert!(interrupted.contains("grandchild"), "{interrupted:?}");
    socket.assert_silent().await;
}

#[tokio::test]
async fn queued_children_that_would_take_each_others_places_never_run() {
    let mut peer = Peer::start().await;
    let limited = Function::future("limited", [], std::future::pending::<()>);
    let _agent = peer.agent([endless(), limited.concurrency(std::num::NonZeroUsize::MIN)]);
    let mut socket = peer.able_connection(&["interrupt"], &[]).await;
    begun(&mut socket, "parent", "endless").await;
    for (id, said) in [("1", "Running"), ("2", "Queued"), ("3", "Queued")] {
        socket.assign_child(id, "limited", json!({}), Some("parent")).await;
        assert_eq!(socket.said().await.1, said);
    }
    socket.tell("INTERRUPT", "parent").await;
    for _ in 0..4 {
        assert_eq!(socket.receive().await["type"], "INTERRUPTED");
    }
    socket.assert_silent().await;
    socket.assign("next", "limited", json!({})).await;
    while socket.said().await.1 != "Running" {}
}

#[tokio::test]
async fn an_unknown_id_is_interrupted_and_to_a_server_that_does_not_take_that_cancelled() {
    for (capabilities, expected) in [(&["interrupt"][..], "INTERRUPTED"), (&[], "CANCELLED")] {
        let mut peer = Peer::start().await;
        let agent = peer.agent([endless()]);
        let mut socket = peer.able_connection(capabilities, &[]).await;
        socket.tell("INTERRUPT", "unknown").await;
        assert_eq!(socket.receive().await["type"], expected);
        begun(&mut socket, "7", "endless").await;
        socket.tell("INTERRUPT", "7").await;
        assert_eq!(socket.receive().await["type"], expected);
        socket.assert_silent().await;
        assert_eq!(agent.handle.status().cancelled, 1);
    }
}

#[tokio::test]
async fn interrupted_is_repeated_as_cancelled_to_a_server_that_does_not_take_it() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([endless()]);
    let mut socket = peer.able_connection(&["interrupt"], &[]).await;
    begun(&mut socket, "7", "endless").await;
    socket.tell("INTERRUPT", "7").await;
    assert_eq!(socket.receive().await["type"], "INTERRUPTED");
    socket.cut();
    let mut socket = peer.connection(&["7"]).await;
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    socket.assert_silent().await;
}
