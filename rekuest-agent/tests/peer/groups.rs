//! Groups of contexts and states, and functions that are called by those that hold them.

use std::sync::Arc;

use rekuest_core::{Contexts, Ctx, Function, ReadOnly};
use rekuest_macros::{Context, register};
use serde_json::json;
use tokio::sync::Notify;

use crate::scripted::{Peer, TestAgent};

/// What is held, until it is let go.
#[derive(Default, Context)]
#[context(group = "stage")]
struct Stage {
    go_on: Notify,
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

fn agent(peer: &Peer) -> TestAgent {
    let mut app = Contexts::default();
    app.insert_shared(Arc::<Stage>::default());
    app.insert(Lamp);
    let functions: [Function; 4] = [
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
