//! What is executed without the engine is answered as the engine answers it, byte by byte, but for how values are spaced and
//! escaped.

use rekuest_server::RunningServer;
use serde_json::{Value, json};

use crate::http::{AGENT, CALLER, request, start};
use crate::peer::{Socket, add, adder, connect, offer, takes_text};

/// A directive that changes nothing, and that takes the engine.
const ENGINE: &str = "@include(if: true)";

/// A subscription under the ids `d`, without the engine, and `e`, with it.
async fn subscribed(server: &RunningServer, fields: &str) -> Socket {
    let mut socket = Socket::open(&server.graphql_ws_url(), Some("graphql-transport-ws")).await;
    socket.send(json!({"type": "connection_init", "payload": {"token": CALLER}})).await;
    assert_eq!(socket.frame().await["type"], "connection_ack");
    for (id, directive) in [("d", ""), ("e", ENGINE)] {
        let query = format!(
            "subscription Watch($instance: InstanceId!) {{ assignations(instanceId: $instance) {{ create {directive} {{ id reference }} event {{ {fields} }} }} }}"
        );
        let payload = json!({"query": query, "variables": {"instance": "default"}, "operationName": "Watch"});
        socket.send(json!({"id": id, "type": "subscribe", "payload": payload})).await;
    }
    socket.send(json!({"id": "q", "type": "subscribe", "payload": {"query": "{ agents { id } }"}})).await;
    while socket.frame().await != json!({"id": "q", "type": "complete"}) {}
    socket
}

/// The payloads of both subscriptions, as texts, until both have told the DONE.
async fn told(socket: &mut Socket) -> [Vec<String>; 2] {
    let mut payloads = [Vec::new(), Vec::new()];
    let mut ends = 0;
    while ends < 2 {
        let text = socket.text().await;
        let frame: Value = serde_json::from_str(&text).expect("JSON");
        let payload = text.split_once("\"payload\":").expect("a payload").1.to_owned();
        ends += usize::from(payload.contains("\"DONE\""));
        payloads[usize::from(frame["id"] == "e")].push(payload);
    }
    payloads
}

#[tokio::test]
async fn events_are_told_in_the_same_bytes() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let fields =
        "level what: kind id createdAt returns reference message progress assignation { reference id }";
    let mut socket = subscribed(&server, fields).await;
    let call = crate::peer::assign(&server, &implementation, json!({"a": 1})).await;
    agent.frame_of("ASSIGN").await;
    for (number, mut frame) in [
        json!({"type": "PROGRESS", "progress": 7, "message": "quote \" and \u{1F52C} and\nline"}),
        json!({"type": "PROGRESS", "progress": null}),
        json!({"type": "LOG", "message": "careful", "level": "WARN"}),
        json!({"type": "YIELD", "returns": {"return0": 5.0, "return1": [1e300, -0.0, "ä\u{7f}", null]}}),
        json!({"type": "YIELD", "returns": {}}),
        json!({"type": "DONE"}),
    ]
    .into_iter()
    .enumerate()
    {
        frame["id"] = json!(format!("00000000-0000-4000-8000-00000000000{number}"));
        frame["assignation"] = json!(call);
        agent.send(frame).await;
    }
    let [direct, engine] = told(&mut socket).await;
    assert_eq!(direct, engine);
    assert_eq!(direct.len(), 7, "{direct:?}");
    assert!(direct[0].contains("\"create\":{\"id\":"), "{direct:?}");
    server.shutdown().await;
}

/// What `assign` is answered with on the websocket and over HTTP, without the engine and with it.
async fn assigned(server: &RunningServer, variables: &Value) -> [String; 4] {
    let mut socket = Socket::open(&server.graphql_ws_url(), Some("graphql-transport-ws")).await;
    socket.send(json!({"type": "connection_init", "payload": {"token": CALLER}})).await;
    socket.frame().await;
    let mut answers: [String; 4] = Default::default();
    for (way, directive) in [(0, ""), (2, ENGINE)] {
        let query = format!(
            "mutation Call($in: AssignInput!) {{\n  made: assign(input: $in) {{ reference {directive} }}\n}}"
        );
        let payload = json!({"query": query, "variables": variables});
        socket.send(json!({"id": "a", "type": "subscribe", "payload": payload})).await;
        let text = socket.text().await;
        let answer = text.split_once("\"payload\":").expect("a payload").1;
        answers[way] = answer.strip_suffix('}').expect("an object").to_owned();
        assert_eq!(socket.frame().await, json!({"id": "a", "type": "complete"}));
        answers[way + 1] =
            request(server.address(), "POST", "/graphql", Some(CALLER), &payload.to_string()).await.1;
    }
    answers
}

#[tokio::test]
async fn assign_is_answered_in_the_same_bytes_whether_it_is_taken_or_refused() {
    let server = start().await;
    let (_, registered) = offer(&server, json!([add("add"), takes_text()])).await;
    let (_agent, _) = connect(&server).await;
    let id = |of: usize| registered[of]["id"].as_str().expect("an id");
    let base = json!({"instanceId": "default", "reference": "r", "args": {"a": 1}});
    let with = |more: Value| {
        let mut input = base.clone();
        input.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        json!({"in": input})
    };
    let number: u64 = id(0).parse().expect("a number");
    for (variables, said) in [
        (with(json!({"implementation": id(0)})), "\"reference\":\"r\""),
        (with(json!({"action": registered[0]["action"]["id"], "capture": true, "hooks": null})), "\"r\""),
        (with(json!({"implementation": number})), "\"r\""),
        (with(json!({"implementation": id(0), "dependencies": {}, "hooks": []})), "\"r\""),
        (with(json!({"implementation": id(0), "dependencies": {"x": "77"}})), "errors"),
        (with(json!({"implementation": id(0), "dependencies": {"x": 77}})), "errors"),
        (with(json!({"implementation": id(0), "args": {"a": "x"}})), "errors"),
        (with(json!({"implementation": id(0), "args": {"nothing": 1}})), "errors"),
        (with(json!({"implementation": id(0), "args": [1]})), "errors"),
        (with(json!({"implementation": id(0), "args": null})), "errors"),
        (with(json!({"implementation": id(0), "log": null})), "errors"),
        (with(json!({"implementation": id(0), "teleport": true})), "errors"),
        (with(json!({"implementation": "77"})), "errors"),
        (with(json!({"agent": "77", "interface": "add"})), "errors"),
        (with(json!({"agent": "77"})), "errors"),
        (with(json!({"parent": "77", "implementation": id(0)})), "errors"),
        (with(json!({"implementation": id(0), "hooks": [{"kind": "INIT", "hash": "h"}]})), "errors"),
        (base.clone(), "errors"),
        (json!({}), "errors"),
        (Value::Null, "errors"),
    ] {
        let [direct, posted, engine, engine_posted] = assigned(&server, &variables).await;
        assert_eq!((&direct, &posted), (&engine, &engine_posted), "{variables}");
        assert_eq!(direct, posted, "{variables}");
        assert!(direct.contains(said), "{variables}: {direct}");
    }
    server.shutdown().await;
}

#[tokio::test]
async fn a_caller_who_does_not_follow_the_subprotocol_is_closed_with_its_code() {
    let server = start().await;
    let init = json!({"type": "connection_init", "payload": {"token": AGENT}});
    let query = |id: &str| {
        let query = "subscription { agents { create { id } } }";
        json!({"type": "subscribe", "id": id, "payload": {"query": query}})
    };
    for (frames, code) in [
        (vec![query("1")], 4401),
        (vec![init.clone(), init.clone()], 4429),
        (vec![init.clone(), query("1"), query("1")], 4409),
        (vec![init.clone(), json!({"type": "subscribe", "id": "1"})], 4400),
        (vec![init.clone(), json!({"type": "subscribe", "id": "1", "payload": 5})], 4400),
        (vec![json!({"type": "teleport"})], 4400),
        (vec![json!(5)], 4400),
    ] {
        let mut socket = Socket::open(&server.graphql_ws_url(), Some("graphql-transport-ws")).await;
        for frame in &frames {
            socket.send(frame.clone()).await;
        }
        assert_eq!(socket.close_code().await, code, "{frames:?}");
    }
    server.shutdown().await;
}

#[tokio::test]
async fn what_is_completed_by_the_caller_tells_nothing_more() {
    let server = start().await;
    let (_agent, implementation) = adder(&server).await;
    let mut socket = subscribed(&server, "id").await;
    socket.send(json!({"id": "d", "type": "complete"})).await;
    socket.send(json!({"type": "ping"})).await;
    assert_eq!(socket.frame().await, json!({"type": "pong"}));
    let call = crate::peer::assign(&server, &implementation, json!({"a": 1})).await;
    let frame = socket.frame().await;
    assert_eq!(
        (&frame["id"], &frame["payload"]["data"]["assignations"]["create"]["id"]),
        (&json!("e"), &json!(call))
    );
    server.shutdown().await;
}
