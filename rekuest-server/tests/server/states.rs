//! What agents show of themselves: changed, watched, found.

use rekuest_server::RunningServer;
use serde_json::{Value, json};

use crate::http::{AGENT, CALLER, STRANGER, data, error, post, start};
use crate::peer::{Socket, connect, offer, offer_at};

const SET: &str = "mutation($i: SetAgentStatesInput!) { setAgentStates(input: $i) { id updatedAt stateSchema { id hash } } }";
const UPDATE: &str = "mutation($p: [Args!]!) { updateState(input: {interface: \"Counter\", instanceId: \"default\", patches: $p}) { id value updatedAt } }";

/// A state called `Counter` that holds this.
fn counter(value: Value) -> Value {
    let ports =
        json!([{"key": "count", "kind": "INT"}, {"key": "label", "kind": "STRING", "nullable": true}]);
    json!({"interface": "Counter", "initial": value, "stateSchema": {"name": "Counter", "ports": ports}})
}

async fn set(server: &RunningServer, instance: &str, states: Value) -> Value {
    let input = json!({"i": {"instanceId": instance, "implementations": states}});
    data(server, AGENT, SET, input).await["setAgentStates"].take()
}

async fn state(server: &RunningServer, id: &Value) -> Value {
    let query = "query($id: ID!) { state(id: $id) { value updatedAt } }";
    data(server, CALLER, query, json!({"id": id})).await["state"].take()
}

/// Watches a state. Returns once the subscription is active.
async fn watch(server: &RunningServer, id: &Value) -> Socket {
    let mut socket = Socket::open(&server.graphql_ws_url(), Some("graphql-transport-ws")).await;
    socket.send(json!({"type": "connection_init", "payload": {"token": CALLER}})).await;
    let query = "subscription($id: ID!) { stateUpdateEvents(stateId: $id) { id value updatedAt } }";
    let payload = json!({"query": query, "variables": {"id": id}});
    socket.send(json!({"id": "s", "type": "subscribe", "payload": payload})).await;
    socket.send(json!({"id": "q", "type": "subscribe", "payload": {"query": "{ agents { id } }"}})).await;
    socket.frame_of("complete").await;
    socket
}

async fn told(socket: &mut Socket) -> Value {
    loop {
        let mut frame = socket.frame_of("next").await;
        if frame["id"] == "s" {
            return frame["payload"]["data"]["stateUpdateEvents"].take();
        }
    }
}

#[tokio::test]
async fn patches_are_applied_all_or_none() {
    let server = start().await;
    let id = set(&server, "default", json!([counter(json!({"count": 0}))])).await[0]["id"].take();
    let before = state(&server, &id).await;
    let good = json!({"op": "replace", "path": "/count", "value": 1});
    let bad = json!({"op": "replace", "path": "/nothing", "value": 1});
    let message = error(&server, AGENT, UPDATE, json!({"p": [good, bad]})).await;
    assert!(message.starts_with("the state `Counter` cannot be changed"), "{message}");
    assert!(message.contains("'/1'") && message.contains("'/nothing'"), "{message}");
    let whole = json!({"op": "replace", "path": "", "value": 5});
    let message = error(&server, AGENT, UPDATE, json!({"p": [whole]})).await;
    assert!(message.ends_with("it has to be an object of its fields, and would be 5"), "{message}");
    let failed = json!({"op": "test", "path": "/count", "value": 7});
    error(&server, AGENT, UPDATE, json!({"p": [good, failed]})).await;
    assert_eq!(state(&server, &id).await, before);
    server.shutdown().await;
}

#[tokio::test]
async fn changes_are_told_in_order_and_each_is_newer_than_the_one_before() {
    let server = start().await;
    let id = set(&server, "default", json!([counter(json!({"count": 0}))])).await[0]["id"].take();
    let mut watching = watch(&server, &id).await;
    let mut times = vec![state(&server, &id).await["updatedAt"].clone()];
    for count in 1..20 {
        let patch = json!({"op": "replace", "path": "/count", "value": count});
        let updated = data(&server, AGENT, UPDATE, json!({"p": [patch]})).await["updateState"].take();
        assert_eq!(told(&mut watching).await, updated);
        assert_eq!(updated["value"], json!({"count": count}));
        times.push(updated["updatedAt"].clone());
    }
    assert!(times.windows(2).all(|pair| pair[0].as_str() < pair[1].as_str()), "{times:?}");
    server.shutdown().await;
}

#[tokio::test]
async fn an_agent_that_starts_anew_tells_those_who_watch_what_differs() {
    let server = start().await;
    let id = set(&server, "default", json!([counter(json!({"count": 3}))])).await[0]["id"].take();
    let mut watching = watch(&server, &id).await;
    set(&server, "default", json!([counter(json!({"count": 3}))])).await;
    let anew = set(&server, "default", json!([counter(json!({"count": 0}))])).await;
    assert_eq!(anew[0]["id"], id);
    // The first thing that is told: what did not differ was not.
    let first = told(&mut watching).await;
    assert_eq!(first["value"], json!({"count": 0}));
    assert_eq!(first["updatedAt"], anew[0]["updatedAt"]);
    let mut fewer = counter(json!({"count": 0}));
    fewer["stateSchema"]["ports"].as_array_mut().expect("ports").pop();
    set(&server, "default", json!([fewer])).await;
    assert_eq!(told(&mut watching).await["value"], json!({"count": 0}), "it is made of something else");
    server.shutdown().await;
}

#[tokio::test]
async fn a_state_that_is_not_there_or_not_yours_cannot_be_watched() {
    let server = start().await;
    let id = set(&server, "default", json!([counter(json!({"count": 3}))])).await[0]["id"].take();
    for (token, id) in [(CALLER, &json!("7")), (STRANGER, &id)] {
        let mut socket = Socket::open(&server.graphql_ws_url(), Some("graphql-transport-ws")).await;
        socket.send(json!({"type": "connection_init", "payload": {"token": token}})).await;
        let query = format!("subscription {{ stateUpdateEvents(stateId: {id}) {{ id }} }}");
        socket.send(json!({"id": "s", "type": "subscribe", "payload": {"query": query}})).await;
        let frame = socket.frame_of("next").await;
        let message = frame["payload"]["errors"][0]["message"].as_str().expect("an error");
        assert!(message.starts_with("there is no state"), "{frame}");
    }
    server.shutdown().await;
}

#[tokio::test]
async fn states_are_found_by_what_they_are_made_of() {
    let server = start().await;
    let (agent, _) = offer(&server, json!([])).await;
    let (other, _) = offer_at(&server, "second", "other:1", json!([])).await;
    let port = json!({"key": "x", "kind": "FLOAT"});
    let position = json!({"interface": "Position", "initial": {"x": 0.5}, "stateSchema": {"name": "Position", "ports": [port]}});
    let set_here = set(&server, "default", json!([counter(json!({"count": 1})), position])).await;
    let set_there = set(&server, "second", json!([counter(json!({"count": 2}))])).await;
    let schema = set_here[0]["stateSchema"].clone();
    assert_eq!(set_there[0]["stateSchema"], schema, "the same schema is one");

    let at = "query($agent: ID!, $hash: String, $demand: SchemaDemandInput) { stateFor(agent: $agent, stateHash: $hash, demand: $demand) { id } }";
    let demand = |matches: Value| json!({"key": "d", "matches": matches});
    let float = json!([{"kind": "FLOAT"}]);
    for (demand, found) in [
        (demand(float.clone()), Some(1)),
        (demand(json!([{"key": "label", "nullable": true}])), Some(0)),
        (json!({"key": "d", "hash": schema["hash"]}), Some(0)),
        (demand(json!([{"key": "x", "kind": "INT"}])), None),
        (json!({"key": "d", "protocols": ["1"]}), None),
    ] {
        let response = post(&server, CALLER, at, json!({"agent": agent, "demand": demand})).await;
        match found {
            Some(position) => {
                assert_eq!(response["data"]["stateFor"]["id"], set_here[position]["id"], "{demand}");
            }
            None => assert!(response["errors"][0]["message"].is_string(), "{demand}"),
        }
    }
    let hash = json!({"agent": other, "hash": schema["hash"]});
    assert_eq!(data(&server, CALLER, at, hash).await["stateFor"]["id"], set_there[0]["id"]);

    let agents = "query($f: AgentFilter!) { agents(filters: $f) { id } }";
    for (filter, found) in [
        (json!({"hasStates": [schema["hash"]]}), json!([{"id": agent}, {"id": other}])),
        (json!({"hasStates": ["0"]}), json!([])),
        (json!({"stateDemands": [{"key": "d", "matches": float}]}), json!([{"id": agent}])),
        (
            json!({"stateDemands": [{"key": "d", "hash": schema["hash"]}], "instanceId": "second"}),
            json!([{"id": other}]),
        ),
    ] {
        assert_eq!(data(&server, CALLER, agents, json!({"f": filter})).await["agents"], found, "{filter}");
    }

    let schemas = data(&server, CALLER, "{ stateSchemas { id name } }", json!({})).await;
    let names: Vec<&Value> =
        schemas["stateSchemas"].as_array().expect("a list").iter().map(|schema| &schema["name"]).collect();
    assert_eq!(names, ["Counter", "Position"]);
    let one = "query($id: ID!) { stateSchema(id: $id) { hash ports { key } } }";
    let shown = data(&server, CALLER, one, json!({"id": schema["id"]})).await;
    assert_eq!(
        shown["stateSchema"],
        json!({"hash": schema["hash"], "ports": [{"key": "count"}, {"key": "label"}]})
    );
    let message = error(&server, STRANGER, one, json!({"id": schema["id"]})).await;
    assert!(message.starts_with("there is no state schema"), "{message}");
    server.shutdown().await;
}

#[tokio::test]
async fn states_stay_while_their_agent_is_away() {
    let server = start().await;
    offer(&server, json!([])).await;
    let id = set(&server, "default", json!([counter(json!({"count": 1}))])).await[0]["id"].take();
    let (agent, _) = connect(&server).await;
    agent.close().await;
    assert_eq!(state(&server, &id).await["value"], json!({"count": 1}));
    server.shutdown().await;
}
