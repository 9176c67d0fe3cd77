//! Large values, and the limit on them.

use std::time::Duration;

use rekuest_server::RunningServer;
use serde_json::{Value, json};

use crate::http::{CALLER, builder, data, request};
use crate::peer::{ASSIGN, Socket, adder, assign, change, connect, offer, subscribe, takes_text};

const MIB: usize = 1024 * 1024;

/// A server that does not ask for heartbeats: one thread works both ends here, and large values keep it busy.
async fn patient() -> RunningServer {
    let hour = Duration::from_secs(3_600);
    builder().heartbeat(hour, hour).start().await.expect("starts")
}

#[tokio::test]
async fn a_value_of_64_mib_reaches_the_subscription_and_the_query() {
    let server = patient().await;
    let (mut agent, implementation) = adder(&server).await;
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    assert_eq!(change(&mut caller).await["create"]["id"], id);
    let large = "x".repeat(64 * MIB);
    agent
        .send_text(format!(
            r#"{{"id":"y","type":"YIELD","assignation":"{id}","returns":{{"return0":"{large}"}}}}"#
        ))
        .await;
    agent.send(json!({"id": "d", "type": "DONE", "assignation": id})).await;
    let event = change(&mut caller).await["event"].take();
    assert_eq!(event["kind"], "YIELD");
    assert!(event["returns"]["return0"] == large, "the value is whole");
    assert_eq!(change(&mut caller).await["event"]["kind"], "DONE");
    let query = "query($id: ID!) { assignation(id: $id) { isDone events { kind returns } } }";
    let told = data(&server, CALLER, query, json!({"id": id})).await["assignation"].take();
    assert_eq!(told["isDone"], true);
    assert!(told["events"][1]["returns"]["return0"] == large, "it is kept whole");
    server.shutdown().await;
}

#[tokio::test]
async fn large_arguments_reach_the_agent() {
    let server = patient().await;
    let (_, registered) = offer(&server, json!([takes_text()])).await;
    let (mut agent, _) = connect(&server).await;
    // More than a websocket takes in one frame unless told otherwise.
    let large = "x".repeat(24 * MIB);
    let id = assign(&server, registered[0]["id"].as_str().expect("an id"), json!({"text": large})).await;
    let frame = agent.frame_of("ASSIGN").await;
    assert_eq!(frame["assignation"], id);
    assert!(frame["args"]["text"] == large, "the value is whole");
    server.shutdown().await;
}

#[tokio::test]
async fn what_is_larger_than_the_limit_is_not_read() {
    let server = builder().largest_message(MIB).start().await.expect("starts");
    let (mut agent, implementation) = adder(&server).await;
    let large = "x".repeat(MIB);
    let input = json!({"i": {"instanceId": "default", "implementation": implementation, "args": {"a": 1}, "reference": large}});
    let body = json!({"query": ASSIGN, "variables": input}).to_string();
    let (status, _) = request(server.address(), "POST", "/graphql", Some(CALLER), &body).await;
    assert_eq!(status, 413);

    let id = assign(&server, &implementation, json!({"a": 1})).await;
    let log = |message: &str| -> Value {
        json!({"id": "l", "type": "LOG", "assignation": id, "message": message, "level": "INFO"})
    };
    agent.send(log(&"x".repeat(MIB / 2))).await;
    agent.send(log(&large)).await;
    agent.ended().await;
    // Only that connection is lost.
    let (agent, init) = connect(&server).await;
    assert_eq!(init["inquiries"], json!([{"assignation": id}]));
    agent.close().await;
    let mut caller = Socket::open(&server.graphql_ws_url(), Some("graphql-transport-ws")).await;
    caller.send_text(format!(r#"{{"type":"connection_init","payload":{{"x":"{large}"}}}}"#)).await;
    caller.ended().await;
    server.shutdown().await;
}
