//! The callers' websocket.

use serde_json::json;

use crate::http::{AGENT, CALLER, builder, data, start};
use crate::peer::{ASSIGN, Socket, adder, assign, change, offer, subscribe};

#[tokio::test]
async fn without_a_subprotocol_it_is_closed_with_4406() {
    let server = start().await;
    let mut socket = Socket::open(&server.graphql_ws_url(), None).await;
    assert_eq!(socket.next().await, Err(Some(4406)));
    server.shutdown().await;
}

#[tokio::test]
async fn a_wrong_token_is_acknowledged_and_the_error_comes_with_the_subscription() {
    let server = start().await;
    for (subprotocol, start) in [("graphql-transport-ws", "subscribe"), ("graphql-ws", "start")] {
        let mut socket = Socket::open(&server.graphql_ws_url(), Some(subprotocol)).await;
        socket.send(json!({"type": "connection_init", "payload": {"token": "nope"}})).await;
        assert_eq!(socket.frame().await["type"], "connection_ack");
        let query = "subscription { assignations(instanceId: \"default\") { create { id } } }";
        socket.send(json!({"id": "s", "type": start, "payload": {"query": query}})).await;
        let frame = socket.frame().await;
        let message = frame["payload"]["errors"][0]["message"].as_str().expect("an error");
        assert!(message.starts_with("User is not set in the request"), "{frame}");
    }
    server.shutdown().await;
}

#[tokio::test]
async fn queries_and_mutations_work_over_the_open_websocket() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    let variables =
        json!({"i": {"instanceId": "default", "implementation": implementation, "args": {"a": 1}}});
    let payload = json!({"query": ASSIGN, "variables": variables});
    caller.send(json!({"id": "m", "type": "subscribe", "payload": payload})).await;
    let assigned = agent.frame_of("ASSIGN").await["assignation"].take();
    loop {
        let frame = caller.frame().await;
        if frame["id"] == "m" {
            assert_eq!(frame["payload"]["data"]["assign"]["id"], assigned);
            break;
        }
    }
    server.shutdown().await;
}

#[tokio::test]
async fn what_the_server_can_do_is_announced_with_the_acknowledgement() {
    let server = start().await;
    let announced = json!({"rekuest": {"capabilities": ["operations", "interrupt", "pause"]}});
    for (subprotocol, payload) in [("graphql-transport-ws", Some(&announced)), ("graphql-ws", None)] {
        let mut socket = Socket::open(&server.graphql_ws_url(), Some(subprotocol)).await;
        socket.send(json!({"type": "connection_init", "payload": {"token": CALLER}})).await;
        assert_eq!(socket.frame().await.get("payload"), payload, "{subprotocol}");
    }
    server.shutdown().await;
}

#[tokio::test]
async fn every_subscription_of_an_instance_sees_its_calls_and_those_of_others_do_not() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let mut first = subscribe(&server, "graphql-transport-ws").await;
    let mut second = subscribe(&server, "graphql-ws").await;
    let own = json!({"i": {"instanceId": "other", "implementation": implementation, "args": {"a": 1}}});
    data(&server, CALLER, ASSIGN, own.clone()).await;
    data(&server, AGENT, ASSIGN, own).await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    for socket in [&mut first, &mut second] {
        assert_eq!(change(socket).await["create"]["id"], id);
    }
    agent.frame_of("ASSIGN").await;
    server.shutdown().await;
}

#[tokio::test]
async fn a_subscriber_that_is_too_slow_is_cut_and_misses_nothing_silently() {
    let server = builder().subscription_backlog(16).start().await.expect("starts");
    let (mut agent, implementation) = adder(&server).await;
    let mut slow = subscribe(&server, "graphql-transport-ws").await;
    let mut witness = watch_other(&server).await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    // Far more than the kernel's buffers and the backlog hold together, while nothing is read.
    let large = "x".repeat(1_000_000);
    for _ in 0..64 {
        agent
            .send(json!({"id": "l", "type": "LOG", "assignation": id, "message": large, "level": "INFO"}))
            .await;
    }
    agent.send(json!({"id": "d", "type": "DONE", "assignation": id})).await;
    // The agent's frames are worked in order, so once a later call of another instance has ended, these are published.
    let other = json!({"i": {"instanceId": "other", "implementation": implementation, "args": {"a": 1}}});
    let later = data(&server, CALLER, ASSIGN, other).await["assign"]["id"].take();
    agent.send(json!({"id": "d", "type": "DONE", "assignation": later})).await;
    while witness.frame().await["payload"]["data"]["assignationEvents"]["kind"] != "DONE" {}

    let mut seen = Vec::new();
    let code = loop {
        match slow.next().await {
            Ok(frame) => seen.push(frame["payload"]["data"]["assignations"]["event"]["kind"].clone()),
            Err(code) => break code,
        }
    };
    assert_eq!(code, Some(1013), "after {} frames", seen.len());
    assert!(!seen.contains(&json!("DONE")), "what comes after a gap is not sent");
    server.shutdown().await;
}

#[tokio::test]
async fn an_older_client_that_subscribes_late_still_gets_what_it_missed_and_a_newer_one_does_not() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    agent.send(json!({"id": "d", "type": "DONE", "assignation": id})).await;
    while crate::peer::told(&server, &id).await["isDone"] != true {}
    let mut older = subscribe(&server, "graphql-ws").await;
    assert_eq!(change(&mut older).await["create"]["id"], id);
    assert_eq!(change(&mut older).await["event"]["kind"], "DONE");
    older.close().await;

    let mut newer = subscribe(&server, "graphql-transport-ws").await;
    let next = assign(&server, &implementation, json!({"a": 1})).await;
    assert_eq!(change(&mut newer).await["create"]["id"], next);
    server.shutdown().await;
}

/// Subscribes to the caller's other instance.
async fn watch_other(server: &rekuest_server::RunningServer) -> Socket {
    let mut socket = Socket::open(&server.graphql_ws_url(), Some("graphql-transport-ws")).await;
    socket.send(json!({"type": "connection_init", "payload": {"token": CALLER}})).await;
    let query = "subscription { assignationEvents(instanceId: \"other\") { kind } }";
    socket.send(json!({"id": "s", "type": "subscribe", "payload": {"query": query}})).await;
    socket.send(json!({"id": "q", "type": "subscribe", "payload": {"query": "{ agents { id } }"}})).await;
    socket.frame_of("complete").await;
    socket
}

#[tokio::test]
async fn agents_are_told_as_they_come_and_go() {
    let server = start().await;
    let mut socket = Socket::open(&server.graphql_ws_url(), Some("graphql-transport-ws")).await;
    socket.send(json!({"type": "connection_init", "payload": {"token": CALLER}})).await;
    let query = "subscription { agents { create { name } update { connected } } }";
    socket.send(json!({"id": "s", "type": "subscribe", "payload": {"query": query}})).await;
    socket.send(json!({"id": "q", "type": "subscribe", "payload": {"query": "{ actions { id } }"}})).await;
    socket.frame_of("complete").await;
    offer(&server, json!([])).await;
    let created = socket.frame_of("next").await["payload"]["data"]["agents"].take();
    assert_eq!(created["create"], json!({"name": "app:1"}));
    let (agent, _) = crate::peer::connect(&server).await;
    let connected =
        |frame: serde_json::Value| frame["payload"]["data"]["agents"]["update"]["connected"].clone();
    assert_eq!(connected(socket.frame_of("next").await), true);
    drop(agent);
    assert_eq!(connected(socket.frame_of("next").await), false);
    server.shutdown().await;
}
