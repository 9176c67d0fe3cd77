//! How an agent ends when it is asked to.

use std::sync::Arc;
use std::time::Duration;

use rekuest_agent::{AgentError, AgentPhase};
use rekuest_core::Function;
use serde_json::json;
use tokio::sync::Notify;

use crate::functions::{Gate, blocks};
use crate::scripted::{Peer, soon, until, waits};

#[tokio::test]
async fn running_work_finishes_new_work_is_refused_and_the_close_is_normal() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let agent = peer.agent([waits(&go_on)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "waits", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    agent.handle.shutdown();
    // How far the agent is cannot be seen from here, so assignations are sent until one is refused.
    let mut accepted = 0;
    let refused = loop {
        accepted += 1;
        socket.assign(&format!("new {accepted}"), "waits", json!({})).await;
        let answer = socket.receive().await;
        if answer["type"] == "CRITICAL" {
            break answer;
        }
        assert_eq!(answer["type"], "PROGRESS");
    };
    assert_eq!(refused["error"], "the app is shutting down");
    for _ in 0..accepted {
        go_on.notify_one();
        assert_eq!(socket.receive_to_end().await.0, ["YIELD", "DONE"]);
    }
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    agent.ended().await.expect("an end as asked");
}

#[tokio::test]
async fn work_that_does_not_finish_in_time_is_cancelled_and_reported() {
    let mut peer = Peer::start().await;
    let endless = Function::future("endless", [], std::future::pending::<()>);
    let agent = peer.agent_with([endless], |builder| builder.drain(Duration::from_millis(50)));
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "endless", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    agent.handle.shutdown();
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    agent.ended().await.expect("an end as asked");
}

#[tokio::test]
async fn asked_twice_it_ends_at_once() {
    let mut peer = Peer::start().await;
    let endless = Function::future("endless", [], std::future::pending::<()>);
    let agent = peer.agent([endless]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "endless", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    agent.handle.shutdown();
    agent.handle.shutdown();
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    agent.ended().await.expect("an end as asked");
}

#[tokio::test]
async fn an_idle_agent_without_a_server_ends_when_asked() {
    let peer = Peer::start().await;
    let agent = peer.agent([]);
    drop(peer);
    agent.handle.shutdown();
    agent.ended().await.expect("an end as asked");
}

#[tokio::test]
async fn results_are_delivered_over_a_new_connection_while_it_ends() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let agent = peer.agent([waits(&go_on)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "waits", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    agent.handle.shutdown();
    socket.cut();
    go_on.notify_one();
    let mut socket = peer.connection(&["7"]).await;
    let (kinds, _) = socket.receive_to_end().await;
    assert!(kinds.ends_with(&["DONE".to_owned()]), "{kinds:?}");
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    agent.ended().await.expect("an end as asked");
}

#[tokio::test]
async fn the_phases_of_an_agent_are_seen_in_its_status() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let agent = peer.agent([waits(&go_on)]);
    let handle = agent.handle.clone();
    assert_eq!(handle.status().phase, AgentPhase::New);
    let mut socket = peer.socket().await;
    assert_eq!(socket.receive().await["type"], "REGISTER");
    until("registering", || handle.status().phase == AgentPhase::Registering).await;
    assert!(!handle.is_ready());
    peer.accept(&mut socket, &[], &[]).await;
    soon("readiness", handle.ready()).await;
    assert_eq!(handle.status().phase, AgentPhase::Ready);
    socket.assign("7", "waits", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    handle.shutdown();
    assert_eq!(handle.status().phase, AgentPhase::Draining);
    go_on.notify_one();
    assert_eq!(socket.receive_to_end().await.0, ["YIELD", "DONE"]);
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    agent.ended().await.expect("an end as asked");
    let status = handle.status();
    assert_eq!((status.phase, status.done, status.connections), (AgentPhase::Stopped, 1, 1));
    assert!(!handle.is_ready());
}

#[tokio::test]
async fn a_thread_that_does_not_end_does_not_keep_the_agent() {
    let mut peer = Peer::start().await;
    let gate = Gate::new();
    let agent = peer.agent_with([blocks(&gate)], |builder| builder.drain(Duration::from_millis(20)));
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "blocks", json!({})).await;
    socket.receive().await;
    assert_eq!(socket.said().await.1, "begun");
    agent.handle.shutdown();
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    agent.ended().await.expect("an end as asked");
    gate.open();
}

#[tokio::test]
async fn queued_work_still_runs_while_the_agent_drains() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let agent = peer.agent([waits(&go_on).concurrency(std::num::NonZeroUsize::MIN)]);
    let mut socket = peer.connection(&[]).await;
    for id in ["1", "2"] {
        socket.assign(id, "waits", json!({})).await;
        socket.receive().await;
    }
    agent.handle.shutdown();
    go_on.notify_one();
    assert_eq!(socket.receive_to_end().await.1["assignation"], "1");
    assert_eq!(socket.said().await.1, "Running");
    go_on.notify_one();
    assert_eq!(socket.receive_to_end().await.0, ["YIELD", "DONE"]);
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    agent.ended().await.expect("an end as asked");
}

#[tokio::test]
async fn what_cannot_be_reported_is_said_when_the_agent_ends() {
    let mut peer = Peer::start().await;
    let agent = peer.agent([Function::blocking("one", [], || 1_i64)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "one", json!({})).await;
    socket.receive_to_end().await;
    socket.cut();
    until("the loss", || !agent.handle.is_ready()).await;
    drop(peer);
    agent.handle.shutdown();
    agent.handle.shutdown();
    let error = agent.ended().await.expect_err("nobody confirmed it");
    assert!(matches!(error, AgentError::Unreported { assignations: 1 }), "{error}");
}
