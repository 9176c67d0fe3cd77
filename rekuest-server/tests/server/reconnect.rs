//! What survives a connection, and what does not survive the server.

use serde_json::json;

use crate::http::{AGENT, CALLER, data, start};
use crate::peer::{Socket, adder, assign, change, connect, kinds, offer, subscribe, takes_text, told};

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
async fn calls_that_the_agent_never_got_come_after_init_in_order_and_so_does_their_cancel() {
    let server = start().await;
    let (_, registered) = offer(&server, json!([takes_text()])).await;
    let implementation = registered[0]["id"].as_str().expect("an id");
    let (agent, _) = connect(&server).await;
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    // More than the kernel's buffers hold, while nothing is read.
    let large = "x".repeat(3_000_000);
    let mut ids = Vec::new();
    for _ in 0..8 {
        ids.push(assign(&server, implementation, json!({"text": large})).await);
    }
    let last = ids.last().expect("an id").clone();
    let cancel = "mutation($id: ID!) { cancel(input: {assignation: $id}) { id } }";
    data(&server, CALLER, cancel, json!({"id": last})).await;
    drop(agent);
    while change(&mut caller).await["event"]["assignation"]["id"] != *last {}

    let (mut agent, init) = connect(&server).await;
    let inquired: Vec<&str> = init["inquiries"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|inquiry| inquiry["assignation"].as_str())
        .collect();
    assert_eq!(inquired, ids, "those that it got and those that it did not");
    let mut assigned = Vec::new();
    let cancelled = loop {
        let frame = agent.frame().await;
        let id = frame["assignation"].as_str().expect("an id").to_owned();
        match frame["type"].as_str() {
            Some("ASSIGN") => assigned.push(id),
            Some("CANCEL") => break id,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(cancelled, last);
    assert!(assigned.len() > 1 && ids.ends_with(&assigned), "{assigned:?} of {ids:?}");
    agent.send(json!({"id": "c", "type": "CANCELLED", "assignation": last})).await;
    while change(&mut caller).await["event"]["kind"] != "CANCELLED" {}
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
