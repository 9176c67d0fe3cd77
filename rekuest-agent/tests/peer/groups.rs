//! Groups of contexts and states, and functions that are called by those that hold them.

use rekuest_core::{Contexts, Ctx, Function, ReadOnly};
use rekuest_macros::{Context, register};
use serde_json::json;
use tokio::sync::Notify;

use crate::functions::Gate;
use crate::scripted::{Peer, TestAgent};

/// What is held, until it is let go.
#[derive(Default, Context)]
#[context(group = "stage")]
struct Stage {
    go_on: Notify,
    gate: Option<Gate>,
}

/// Another thing of the same group.
#[derive(Default, Context)]
#[context(group = "lamp")]
struct Lamp;

#[register]
async fn hold(stage: Ctx<Stage>) -> bool {
    stage.go_on.notified().await;
    true
}

#[register]
async fn change(stage: Ctx<Stage>, _lamp: Ctx<Lamp>) -> bool {
    stage.go_on.notify_waiters();
    true
}

#[register]
async fn look(_stage: ReadOnly<Ctx<Stage>>) -> bool {
    true
}

#[register(ungrouped)]
async fn free(stage: Ctx<Stage>) -> bool {
    stage.go_on.notify_waiters();
    true
}

/// Moves until the gate opens, whatever happens.
#[register]
fn travel(stage: Ctx<Stage>) -> bool {
    stage.gate.as_ref().expect("there is one").pass();
    true
}

fn agent(peer: &Peer) -> TestAgent {
    agent_at(peer, None)
}

fn agent_at(peer: &Peer, gate: Option<&Gate>) -> TestAgent {
    let mut app = Contexts::default();
    app.insert(Stage { gate: gate.cloned(), ..Stage::default() });
    app.insert(Lamp);
    let functions: [Function; 5] = [
        (&travel::IMPLEMENTATION).into(),
        (&hold::IMPLEMENTATION).into(),
        (&change::IMPLEMENTATION).into(),
        (&look::IMPLEMENTATION).into(),
        (&free::IMPLEMENTATION).into(),
    ];
    peer.agent_with(functions, |builder| builder.contexts(app))
}

#[tokio::test]
async fn who_changes_a_thing_waits_for_the_others_and_who_looks_does_not() {
    let mut peer = Peer::start().await;
    let _agent = agent(&peer);
    let mut socket = peer.connection(&[]).await;
    socket.assign("1", "hold", json!({})).await;
    assert_eq!(socket.said().await, ("PROGRESS".to_owned(), "Running".to_owned()));
    socket.assign("2", "change", json!({})).await;
    assert_eq!(socket.said().await, ("PROGRESS".to_owned(), "Queued".to_owned()));
    socket.assign("3", "look", json!({})).await;
    assert_eq!(socket.receive_to_end().await.0, ["PROGRESS", "YIELD", "DONE"]);
    socket.assign("4", "free", json!({})).await;
    let mut ended = Vec::new();
    while ended.len() < 3 {
        ended.push(socket.receive_to_end().await.1["assignation"].clone());
    }
    ended.sort_by_key(ToString::to_string);
    assert_eq!(ended, ["1", "2", "4"]);
}

#[tokio::test]
async fn what_a_function_calls_does_not_wait_for_what_that_function_holds() {
    let mut peer = Peer::start().await;
    let _agent = agent(&peer);
    let mut socket = peer.connection(&[]).await;
    socket.assign("1", "hold", json!({})).await;
    assert_eq!(socket.said().await, ("PROGRESS".to_owned(), "Running".to_owned()));
    // It waits for no one but its caller, who waits for it.
    socket.assign_child("2", "change", json!({}), Some("1")).await;
    let mut ended = Vec::new();
    while ended.len() < 2 {
        ended.push(socket.receive_to_end().await.1["assignation"].clone());
    }
    ended.sort_by_key(ToString::to_string);
    assert_eq!(ended, ["1", "2"]);
    // Nothing is left held.
    socket.assign("3", "free", json!({})).await;
    assert_eq!(socket.receive_to_end().await.1["type"], "DONE");
    socket.assign("4", "change", json!({})).await;
    assert_eq!(socket.receive_to_end().await.0, ["PROGRESS", "YIELD", "DONE"]);
}

#[tokio::test]
async fn what_is_held_is_free_only_once_nobody_moves_it() {
    let mut peer = Peer::start().await;
    let gate = Gate::new();
    let _agent = agent_at(&peer, Some(&gate));
    let mut socket = peer.connection(&[]).await;
    socket.assign("1", "hold", json!({})).await;
    assert_eq!(socket.said().await, ("PROGRESS".to_owned(), "Running".to_owned()));
    socket.assign_child("2", "travel", json!({}), Some("1")).await;
    assert_eq!(socket.said().await, ("PROGRESS".to_owned(), "Running".to_owned()));
    // Both have ended for whoever called them, and the thread still moves the stage.
    socket.tell("CANCEL", "2").await;
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    socket.tell("CANCEL", "1").await;
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    socket.assign("3", "change", json!({})).await;
    assert_eq!(socket.said().await, ("PROGRESS".to_owned(), "Queued".to_owned()));
    socket.assert_silent().await;
    gate.open();
    assert_eq!(socket.receive_to_end().await.0, ["PROGRESS", "YIELD", "DONE"]);
}

#[tokio::test]
async fn what_is_called_through_others_does_not_wait_for_the_one_at_the_root() {
    let mut peer = Peer::start().await;
    let _agent = agent(&peer);
    let mut socket = peer.connection(&[]).await;
    socket.assign("1", "hold", json!({})).await;
    assert_eq!(socket.said().await, ("PROGRESS".to_owned(), "Running".to_owned()));
    // An app elsewhere was called by it, and calls back.
    socket
        .send(json!({
            "type": "ASSIGN", "interface": "change", "assignation": "3", "args": {}, "parent": "2", "root": "1",
            "user": "1", "org": "o", "app": "elsewhere", "action": "hash",
        }))
        .await;
    let mut ended = Vec::new();
    while ended.len() < 2 {
        ended.push(socket.receive_to_end().await.1["assignation"].clone());
    }
    ended.sort_by_key(ToString::to_string);
    assert_eq!(ended, ["1", "3"]);
}
