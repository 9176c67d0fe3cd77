//! How an agent ends when it is asked to.

use std::sync::Arc;
use std::time::Duration;

use rekuest_core::Function;
use serde_json::json;
use tokio::sync::Notify;

use crate::scripted::{Peer, waits};

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
