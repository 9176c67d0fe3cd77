//! Reservations: who is viable, what is told of it, and calls by them.

use rekuest_server::{ReservationStrategy, RunningServer};
use serde_json::{Value, json};

use crate::http::{CALLER, STRANGER, builder, data, error, start};
use crate::peer::{ASSIGN, Socket, add, connect, connect_at, offer, offer_at};

const FIELDS: &str = "id name title reference strategy viable happy implementations { id } implementation { id } binds { implementations clients desiredInstances } waiter { instanceId } action { id }";

async fn reserve(server: &RunningServer, input: Value) -> Value {
    let query = format!("mutation($i: ReserveInput!) {{ reserve(input: $i) {{ {FIELDS} }} }}");
    data(server, CALLER, &query, json!({"i": input})).await["reserve"].take()
}

async fn reservation(server: &RunningServer, id: &Value) -> Value {
    let query = format!("query($id: ID!) {{ reservation(id: $id) {{ {FIELDS} }} }}");
    data(server, CALLER, &query, json!({"id": id})).await["reservation"].take()
}

async fn unreserve(server: &RunningServer, id: &Value) {
    let query = "mutation($i: UnreserveInput!) { unreserve(input: $i) }";
    let ended = data(server, CALLER, query, json!({"i": {"reservation": id}})).await;
    assert_eq!(ended["unreserve"], *id);
}

fn by(reservation: &Value) -> Value {
    json!({"i": {"instanceId": "default", "reservation": reservation["id"], "args": {"a": 1}, "reference": "r"}})
}

/// Subscribes to the caller's reservations; active once this returns.
async fn subscribe(server: &RunningServer) -> Socket {
    let mut socket = Socket::open(&server.graphql_ws_url(), Some("graphql-transport-ws")).await;
    socket.send(json!({"type": "connection_init", "payload": {"token": CALLER}})).await;
    assert_eq!(socket.frame().await["type"], "connection_ack");
    let query = format!("subscription {{ reservations(instanceId: \"default\") {{ {FIELDS} }} }}");
    socket.send(json!({"id": "s", "type": "subscribe", "payload": {"query": query}})).await;
    socket.send(json!({"id": "q", "type": "subscribe", "payload": {"query": "{ agents { id } }"}})).await;
    while socket.frame_of("complete").await["id"] != "q" {}
    socket
}

async fn told(socket: &mut Socket) -> Value {
    socket.frame_of("next").await["payload"]["data"]["reservations"].take()
}

#[tokio::test]
async fn who_is_viable_follows_the_agents_and_is_told() {
    let server = start().await;
    let (_, first) = offer(&server, json!([add("add")])).await;
    let (_, second) = offer_at(&server, "second", "app:2", json!([add("add")])).await;
    let mut changes = subscribe(&server).await;
    let asked =
        json!({"action": first[0]["action"]["id"], "title": "Sums", "binds": {"desiredInstances": 2}});
    let made = reserve(&server, asked).await;
    assert_eq!((&made["name"], &made["strategy"]), (&json!("Sums"), &json!("LEAST_BUSY")));
    assert_eq!(
        (&made["viable"], &made["happy"], &made["implementations"]),
        (&json!(false), &json!(false), &json!([]))
    );
    assert_eq!(told(&mut changes).await, made);

    let (socket, _) = connect(&server).await;
    let now = told(&mut changes).await;
    assert_eq!((&now["viable"], &now["happy"]), (&json!(true), &json!(false)));
    assert_eq!(now["implementations"], json!([{"id": first[0]["id"]}]));
    let (other, _) = connect_at(&server, "second").await;
    let now = told(&mut changes).await;
    assert_eq!((&now["happy"], &now["implementations"][1]["id"]), (&json!(true), &second[0]["id"]));
    assert_eq!(reservation(&server, &made["id"]).await, now);

    socket.close().await;
    assert_eq!(told(&mut changes).await["implementations"], json!([{"id": second[0]["id"]}]));
    other.close().await;
    assert_eq!(told(&mut changes).await["viable"], false);
    unreserve(&server, &made["id"]).await;
    assert_eq!(told(&mut changes).await["id"], made["id"]);
    server.shutdown().await;
}

#[tokio::test]
async fn what_an_agent_offers_no_more_is_not_viable() {
    let server = start().await;
    let (_, offered) = offer(&server, json!([add("add")])).await;
    let _agent = connect(&server).await;
    let made = reserve(&server, json!({"hash": offered[0]["action"]["hash"]})).await;
    assert_eq!(made["viable"], true);
    offer(&server, json!([])).await;
    assert_eq!(reservation(&server, &made["id"]).await["viable"], false);
    server.shutdown().await;
}

#[tokio::test]
async fn calls_by_a_reservation_take_turns_where_the_server_says_so() {
    let server =
        builder().reservation_strategy(ReservationStrategy::RoundRobin).start().await.expect("starts");
    let (_, offered) = offer(&server, json!([add("add")])).await;
    offer_at(&server, "second", "app:2", json!([add("add")])).await;
    let mut agents = [connect(&server).await.0, connect_at(&server, "second").await.0];
    let made = reserve(&server, json!({"action": offered[0]["action"]["id"]})).await;
    assert_eq!(made["strategy"], "ROUND_ROBIN");
    for turn in [0, 1, 0] {
        let called = data(&server, CALLER, ASSIGN, by(&made)).await;
        let assign = agents[turn].frame_of("ASSIGN").await;
        assert_eq!((&assign["assignation"], &assign["reservation"]), (&called["assign"]["id"], &made["id"]));
    }
    let query = "{ assignations { reservation { id } } }";
    let calls = data(&server, CALLER, query, Value::Null).await;
    assert_eq!(calls["assignations"][0]["reservation"]["id"], made["id"]);
    server.shutdown().await;
}

#[tokio::test]
async fn the_least_busy_one_runs_a_call() {
    let server = start().await;
    let (_, offered) = offer(&server, json!([add("add")])).await;
    offer_at(&server, "second", "app:2", json!([add("add")])).await;
    let (mut first, _) = connect(&server).await;
    let (mut second, _) = connect_at(&server, "second").await;
    let made = reserve(&server, json!({"action": offered[0]["action"]["id"]})).await;
    for _ in 0..2 {
        data(&server, CALLER, ASSIGN, by(&made)).await;
    }
    first.frame_of("ASSIGN").await;
    second.frame_of("ASSIGN").await;
    server.shutdown().await;
}

#[tokio::test]
async fn a_reservation_that_is_not_viable_or_not_ones_own_is_not_assigned_by() {
    let server = start().await;
    let (_, offered) = offer(&server, json!([add("add")])).await;
    let made = reserve(&server, json!({"implementation": offered[0]["id"]})).await;
    assert_eq!((&made["strategy"], &made["implementation"]), (&json!("DIRECT"), &Value::Null));
    let refused = error(&server, CALLER, ASSIGN, by(&made)).await;
    assert!(refused.contains("No active implementation found for the reservation"), "{refused}");
    let _agent = connect(&server).await;
    assert_eq!(reservation(&server, &made["id"]).await["implementation"]["id"], offered[0]["id"]);
    let refused = error(&server, STRANGER, ASSIGN, by(&made)).await;
    assert!(refused.contains("no reservation of yours"), "{refused}");
    let query = "mutation($i: UnreserveInput!) { unreserve(input: $i) }";
    let input = json!({"i": {"reservation": made["id"]}});
    assert!(error(&server, STRANGER, query, input).await.contains("no reservation of yours"));
    unreserve(&server, &made["id"]).await;
    assert!(error(&server, CALLER, ASSIGN, by(&made)).await.contains("no reservation of yours"));
    server.shutdown().await;
}

#[tokio::test]
async fn binds_name_the_implementations_and_apps_that_are_meant() {
    let server = start().await;
    let (_, offered) = offer(&server, json!([add("add")])).await;
    let (_, second) = offer_at(&server, "second", "app:2", json!([add("add")])).await;
    let _agents = (connect(&server).await, connect_at(&server, "second").await);
    let hash = &offered[0]["action"]["hash"];
    let one = json!({"hash": hash, "binds": {"implementations": [second[0]["id"]]}});
    assert_eq!(reserve(&server, one).await["implementations"], json!([{"id": second[0]["id"]}]));
    let theirs = json!({"hash": hash, "binds": {"clients": ["agent-app"]}});
    assert_eq!(reserve(&server, theirs).await["implementations"].as_array().map(Vec::len), Some(2));
    let others = json!({"hash": hash, "binds": {"clients": ["somebody-else"], "desiredInstances": 3}});
    let made = reserve(&server, others).await;
    assert_eq!((&made["viable"], &made["binds"]["desiredInstances"]), (&json!(false), &json!(3)));
    let unknown = json!({"i": {"hash": hash, "binds": {"implementations": ["1"]}}});
    let query = "mutation($i: ReserveInput!) { reserve(input: $i) { id } }";
    assert!(error(&server, CALLER, query, unknown).await.contains("no implementation `1`"));
    server.shutdown().await;
}

#[tokio::test]
async fn a_reference_that_is_reserved_again_is_the_same_reservation() {
    let server = start().await;
    let (_, offered) = offer(&server, json!([add("add")])).await;
    let hash = &offered[0]["action"]["hash"];
    let first = reserve(&server, json!({"hash": hash, "reference": "r"})).await;
    let again = reserve(&server, json!({"hash": hash, "reference": "r", "title": "Again"})).await;
    assert_eq!((&first["id"], &again["title"]), (&again["id"], &json!("Again")));
    let other = reserve(&server, json!({"hash": hash, "reference": "r", "instanceId": "other"})).await;
    assert_ne!(first["id"], other["id"]);
    let own = data(&server, CALLER, "{ myreservations(instanceId: \"default\") { id } }", Value::Null).await;
    assert_eq!(own["myreservations"], json!([{"id": first["id"]}]));
    let all = data(&server, STRANGER, "{ reservations { id } }", Value::Null).await;
    assert_eq!(all["reservations"], json!([]));
    server.shutdown().await;
}
