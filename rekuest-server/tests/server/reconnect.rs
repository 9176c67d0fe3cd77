//! What survives a connection, and what does not survive the server.

use serde_json::json;

use crate::http::{AGENT, CALLER, data, start};
use crate::peer::{Socket, adder, assign, change, connect, kinds, subscribe, told};

#[tokio::test]
async fn open_calls_are_disconnected_and_asked_about_when_the_agent_comes_back() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    let open = assign(&server, &implementation, json!({"a": 1})).await;
    let ended = assign(&server, &implementation, json!({"a": 2})).await;
    agent.send(json!({"id": "d", "type": "DONE", "assignation": ended})).await;
    while change(&mut caller).await["event"]["kind"] != "DONE" {}
    drop(agent);
    let event = change(&mut caller).await["event"].take();
    assert_eq!((&event["kind"], &event["assignation"]["id"]), (&json!("DISCONNECTED"), &json!(open)));
    assert_eq!(told(&server, &open).await["isDone"], false);
    let agents = data(&server, CALLER, "{ agents { connected } }", json!({})).await;
    assert_eq!(agents["agents"][0]["connected"], false);

    let (mut agent, init) = connect(&server).await;
    assert_eq!(init["inquiries"], json!([{"assignation": open}]));
    agent.send(json!({"id": "d", "type": "CRITICAL", "assignation": open, "error": "forgotten"})).await;
    let event = change(&mut caller).await["event"].take();
    assert_eq!((&event["kind"], &event["message"]), (&json!("CRITICAL"), &json!("forgotten")));
    assert_eq!(kinds(&server, &open).await, ["DISCONNECTED", "CRITICAL"]);
    server.shutdown().await;
}

#[tokio::test]
async fn instructions_that_were_not_delivered_come_right_after_init() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    agent.frame_of("ASSIGN").await;
    drop(agent);
    while change(&mut caller).await["event"]["kind"] != "DISCONNECTED" {}
    data(
        &server,
        CALLER,
        "mutation($id: ID!) { cancel(input: {assignation: $id}) { id } }",
        json!({"id": id}),
    )
    .await;
    let (mut agent, _) = connect(&server).await;
    let frame = agent.frame().await;
    assert_eq!((&frame["type"], &frame["assignation"]), (&json!("CANCEL"), &json!(id)));
    server.shutdown().await;
}

#[tokio::test]
async fn ids_are_not_used_again_by_the_next_start_and_its_agents_register_anew() {
    let server = start().await;
    let (_agent, implementation) = adder(&server).await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    server.shutdown().await;

    let server = start().await;
    let mut socket = Socket::open(&server.agi_url(), None).await;
    socket.send(json!({"id": "r", "type": "REGISTER", "instance_id": "default", "token": AGENT})).await;
    assert_eq!(socket.close_code().await, 3003);
    let (_agent, new_implementation) = adder(&server).await;
    let new = assign(&server, &new_implementation, json!({"a": 1})).await;
    let number = |id: &str| id.parse::<u64>().expect("a number");
    assert!(number(&new) > number(&id));
    assert!(number(&new_implementation) > number(&id));
    server.shutdown().await;
}
