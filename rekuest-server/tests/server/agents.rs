//! The agents' websocket: who is let in, and what closes it.

use std::time::Duration;

use serde_json::json;

use crate::http::{AGENT, CALLER, builder, data, start};
use crate::peer::{Socket, add, adder, assign, connect, kinds, offer, told};

fn register(token: &str) -> serde_json::Value {
    json!({"id": "r", "type": "REGISTER", "instance_id": "default", "token": token})
}

#[tokio::test]
async fn a_registered_agent_gets_init_and_is_shown_as_connected() {
    let server = start().await;
    let (id, registered) = offer(&server, json!([add("add")])).await;
    assert_eq!(registered[0]["interface"], "add");
    let (mut socket, init) = connect(&server).await;
    assert_eq!(init["agent"], id);
    assert_eq!(init["instance_id"], "default");
    assert_eq!(init["inquiries"], json!([]));
    let shown = data(&server, CALLER, "{ agents { id name connected active } }", json!({})).await;
    assert_eq!(shown["agents"], json!([{"id": id, "name": "app:1", "connected": true, "active": true}]));
    server.shutdown().await;
    assert_eq!(socket.close_code().await, 1001);
}

#[tokio::test]
async fn a_wrong_token_is_closed_without_any_frame() {
    let server = start().await;
    let mut socket = Socket::open(&server.agi_url(), None).await;
    socket.send(register("nope")).await;
    assert_eq!(socket.next().await, Err(Some(3003)));
    server.shutdown().await;
}

#[tokio::test]
async fn an_agent_that_was_never_ensured_is_told_so() {
    let server = start().await;
    let mut socket = Socket::open(&server.agi_url(), None).await;
    socket.send(register(AGENT)).await;
    let frame = socket.frame().await;
    assert!(frame.get("type").is_none() && frame["id"].is_string(), "{frame}");
    assert!(frame["error"].as_str().expect("an error").contains("ensureAgent"), "{frame}");
    assert_eq!(socket.next().await, Err(Some(3003)));
    server.shutdown().await;
}

#[tokio::test]
async fn what_is_not_json_is_closed_with_3002() {
    let server = start().await;
    let (mut socket, _) = adder(&server).await;
    socket.send_text("{nonsense".to_owned()).await;
    assert_eq!(socket.next().await, Err(Some(3002)));
    server.shutdown().await;
}

#[tokio::test]
async fn a_frame_of_another_shape_is_named_and_closed_with_3003() {
    let server = start().await;
    let (mut socket, _) = adder(&server).await;
    socket.send(json!({"id": "x", "type": "PROGRESS", "assignation": "1", "progress": 0.5})).await;
    let frame = socket.frame().await;
    assert!(frame["error"].as_str().expect("an error").contains("PROGRESS.progress"), "{frame}");
    assert_eq!(socket.next().await, Err(Some(3003)));
    server.shutdown().await;
}

#[tokio::test]
async fn an_unanswered_heartbeat_closes_with_3001() {
    let server = builder()
        .heartbeat(Duration::from_millis(20), Duration::from_millis(100))
        .start()
        .await
        .expect("starts");
    let (mut socket, _) = adder(&server).await;
    for _ in 0..2 {
        socket.frame_of("HEARTBEAT").await;
        socket.send(json!({"id": "h", "type": "HEARTBEAT_ANSWER"})).await;
    }
    socket.frame_of("HEARTBEAT").await;
    assert_eq!(socket.next().await, Err(Some(3001)));
    server.shutdown().await;
}

#[tokio::test]
async fn a_second_connection_takes_over_and_the_first_is_closed_with_4005() {
    let server = start().await;
    let (mut first, implementation) = adder(&server).await;
    let (mut second, _) = connect(&server).await;
    assert_eq!(first.next().await, Err(Some(4005)));
    first.ended().await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    assert_eq!(second.frame_of("ASSIGN").await["assignation"], id);
    assert_eq!(kinds(&server, &id).await, Vec::<String>::new());
    server.shutdown().await;
}

#[tokio::test]
async fn events_for_unknown_assignations_are_ignored() {
    let server = start().await;
    let (mut socket, implementation) = adder(&server).await;
    socket.send(json!({"id": "x", "type": "DONE", "assignation": "1"})).await;
    socket.send(json!({"id": "x", "type": "DONE", "assignation": "no number"})).await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    assert_eq!(socket.frame_of("ASSIGN").await["assignation"], id);
    assert_eq!(told(&server, &id).await["isDone"], false);
    server.shutdown().await;
}

#[tokio::test]
async fn an_agent_that_does_not_read_cannot_make_the_server_grow() {
    let server = builder().agent_backlog(4, 1_000_000).start().await.expect("starts");
    let (_socket, implementation) = adder(&server).await;
    // What the kernel's buffers do not hold stays in the outbox, which is full at some point.
    let large = "x".repeat(100_000);
    let mut refused = None;
    for _ in 0..2_000 {
        let input = json!({"i": {"instanceId": "default", "implementation": implementation, "args": {"a": 1}, "reference": large}});
        let response = crate::http::post(&server, CALLER, crate::peer::ASSIGN, input).await;
        if let Some(message) = response["errors"][0]["message"].as_str() {
            refused = Some(message.to_owned());
            break;
        }
    }
    assert!(refused.expect("refused").contains("does not read them"));
    server.shutdown().await;
}
