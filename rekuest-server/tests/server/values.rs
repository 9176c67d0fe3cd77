//! Values travel unchanged: numbers keep their form and digits.

use serde_json::json;

use crate::http::{AGENT, data, request, start};
use crate::peer::{Socket, connect, offer};

const ARGS: &str =
    r#"{"f":5.0,"i":-9223372036854775808,"u":18446744073709551615,"s":"ä\"\n","o":{"z":1,"a":2.5e-7}}"#;

#[tokio::test]
async fn numbers_are_the_same_on_both_sides() {
    let server = start().await;
    let port = |key: &str, kind: &str| json!({"key": key, "kind": kind});
    let all = json!([{"interface": "f", "dependencies": [], "definition": {"name": "F", "kind": "FUNCTION", "args": [
        port("f", "FLOAT"), port("i", "INT"), port("u", "INT"), port("s", "STRING"),
        {"key": "o", "kind": "DICT", "children": [{"key": "...", "kind": "FLOAT"}]}]}}]);
    let (_, registered) = offer(&server, all).await;
    let (mut agent, _) = connect(&server).await;
    let body = format!(
        r#"{{"query": "mutation($i: AssignInput!) {{ assign(input: $i) {{ id args }} }}", "variables": {{"i": {{"instanceId": "default", "implementation": {}, "args": {ARGS}}}}}}}"#,
        registered[0]["id"]
    );
    let (_, answer) = request(server.address(), "POST", "/graphql", Some(AGENT), &body).await;
    assert!(answer.contains(&format!("\"args\":{ARGS}")), "{answer}");
    let frame = agent.frame_of("ASSIGN").await;
    let expected: serde_json::Value = serde_json::from_str(ARGS).expect("JSON");
    assert_eq!(frame["args"], expected);

    let assignation = frame["assignation"].as_str().expect("an id").to_owned();
    let mut caller = watch(&server).await;
    let returns = r#"{"return0":5.0,"return1":18446744073709551615}"#;
    agent
        .send_text(format!(
            r#"{{"id":"y","type":"YIELD","assignation":"{assignation}","returns":{returns}}}"#
        ))
        .await;
    let frame = caller.frame_of("next").await;
    assert_eq!(frame["payload"]["data"]["assignationEvents"]["returns"].to_string(), returns);
    server.shutdown().await;
}

/// Subscribes to the agent app's own events, and returns when that is active.
async fn watch(server: &rekuest_server::RunningServer) -> Socket {
    let mut socket = Socket::open(&server.graphql_ws_url(), Some("graphql-transport-ws")).await;
    socket.send(json!({"type": "connection_init", "payload": {"token": AGENT}})).await;
    let query = "subscription { assignationEvents(instanceId: \"default\") { kind returns } }";
    socket.send(json!({"id": "s", "type": "subscribe", "payload": {"query": query}})).await;
    socket.send(json!({"id": "q", "type": "subscribe", "payload": {"query": "{ agents { id } }"}})).await;
    socket.frame_of("complete").await;
    socket
}

#[tokio::test]
async fn defaults_of_ports_keep_their_form() {
    let server = start().await;
    let all = json!([{"interface": "f", "dependencies": [], "definition": {"name": "F", "kind": "FUNCTION", "args": [
        {"key": "f", "kind": "FLOAT", "default": 5.0}, {"key": "n", "kind": "INT", "default": null}]}}]);
    offer(&server, all).await;
    let shown = data(&server, AGENT, "{ actions { args { key default } } }", json!({})).await;
    let args = shown["actions"][0]["args"].to_string();
    assert_eq!(args, r#"[{"default":5.0,"key":"f"},{"default":null,"key":"n"}]"#);
    server.shutdown().await;
}
