//! States: told when the agent registers, changed in order, before what was returned, and again until it is known.

use rekuest_core::{Contexts, Function, State};
use rekuest_macros::{State, register};
use serde_json::json;

use crate::scripted::{Peer, TestAgent, until};

/// How much was counted.
#[derive(Debug, Clone, State)]
struct Counter {
    count: i64,
    label: String,
    seen: Vec<i64>,
}

/// How warm it is.
#[derive(Debug, Clone, State)]
#[state(name = "Heat")]
struct Temperature {
    degrees: f64,
}

#[register]
async fn inc(counter: State<Counter>, by: i64) -> i64 {
    counter.update(|counter| {
        counter.count += by;
        counter.count
    })
}

#[register]
async fn see(counter: State<Counter>, what: i64) -> bool {
    counter.update(|counter| counter.seen.push(what));
    counter.publish().await
}

#[register]
fn heat(temperature: State<Temperature>, degrees: f64) -> f64 {
    // A division by nothing, say.
    temperature.update(|temperature| temperature.degrees = degrees / 0.0);
    degrees
}

#[register]
fn rename(counter: State<Counter>, label: String) -> bool {
    counter.update(|counter| counter.label = label);
    counter.blocking_publish()
}

fn app() -> Contexts {
    let mut app = Contexts::default();
    app.insert_state(Counter { count: 0, label: "boot".to_owned(), seen: vec![] });
    app.insert_state(Temperature { degrees: 20.5 });
    app
}

fn agent(peer: &Peer) -> TestAgent {
    let functions: [Function; 4] = [
        (&inc::IMPLEMENTATION).into(),
        (&see::IMPLEMENTATION).into(),
        (&heat::IMPLEMENTATION).into(),
        (&rename::IMPLEMENTATION).into(),
    ];
    peer.agent_with(functions, |builder| builder.contexts(app()))
}

#[tokio::test]
async fn states_are_registered_with_their_fields_and_what_they_are_first() {
    let mut peer = Peer::start().await;
    let _agent = agent(&peer);
    let _socket = peer.connection(&[]).await;
    let registered = peer.states().registrations().remove(0);
    assert_eq!(registered[0]["interface"], "Counter");
    assert_eq!(registered[0]["stateSchema"]["name"], "Counter");
    assert_eq!(registered[0]["stateSchema"]["ports"][0]["key"], "count");
    assert_eq!(registered[0]["stateSchema"]["ports"][0]["kind"], "INT");
    assert_eq!(registered[0]["initial"], json!({"count": 0, "label": "boot", "seen": []}));
    assert_eq!(
        (&registered[1]["interface"], &registered[1]["initial"]),
        (&json!("Heat"), &json!({"degrees": 20.5}))
    );
    assert!(peer.states().updates().is_empty(), "there is nothing to tell");
}

#[tokio::test]
async fn a_change_is_known_before_the_yield() {
    let mut peer = Peer::start().await;
    let _agent = agent(&peer);
    let mut socket = peer.connection(&[]).await;
    peer.states().answer(false);
    socket.assign("1", "inc", json!({"by": 2})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    until("the patch", || peer.states().updates().len() == 1).await;
    socket.assert_silent().await;
    peer.states().answer(true);
    assert_eq!(socket.receive().await["returns"], json!({"return0": 2}));
    assert_eq!(socket.receive().await["type"], "DONE");
    assert_eq!(peer.states().updates(), [[json!({"op": "replace", "path": "/count", "value": 2})]]);
}

#[tokio::test]
async fn a_change_that_is_not_taken_in_time_does_not_keep_the_yield() {
    let mut peer = Peer::start().await;
    let _agent = agent(&peer);
    let mut socket = peer.connection(&[]).await;
    peer.states().answer(false);
    socket.assign("1", "see", json!({"what": 2})).await;
    let yielded = socket.receive_type("YIELD").await;
    assert_eq!(yielded["returns"], json!({"return0": false}), "the server has not answered");
    assert_eq!(socket.receive().await["type"], "DONE");
    peer.states().answer(true);
    socket.assign("2", "rename", json!({"label": "later"})).await;
    assert_eq!(socket.receive_type("YIELD").await["returns"], json!({"return0": true}));
    assert_eq!(peer.states().value("Counter"), json!({"count": 0, "label": "later", "seen": [2]}));
}

#[tokio::test]
async fn many_changes_at_once_are_all_told_in_order_and_few_patches() {
    let mut peer = Peer::start().await;
    let agent = agent(&peer);
    let mut socket = peer.able_connection(&["unpaced"], &[]).await;
    peer.states().answer(false);
    for number in 0..64 {
        socket.assign(&number.to_string(), "inc", json!({"by": 1})).await;
    }
    let counter = agent.handle.state::<Counter>().expect("a state");
    until("all of them", || counter.read().count == 64).await;
    peer.states().answer(true);
    let mut returned: Vec<i64> = Vec::new();
    while returned.len() < 64 {
        let yielded = socket.receive_type("YIELD").await;
        returned.push(yielded["returns"]["return0"].as_i64().expect("a number"));
    }
    returned.sort_unstable();
    assert_eq!(returned, (1..=64).collect::<Vec<i64>>());
    assert_eq!(peer.states().value("Counter")["count"], 64);
    let patches = peer.states().updates().len();
    assert!(patches <= 3, "what changes while a patch is on its way goes together: {patches} patches");
}

#[tokio::test]
async fn a_patch_that_fails_is_sent_again_and_fails_no_function() {
    let mut peer = Peer::start().await;
    let _agent = agent(&peer);
    let mut socket = peer.connection(&[]).await;
    peer.states().refuse(2);
    socket.assign("1", "inc", json!({"by": 2})).await;
    assert_eq!(socket.receive_to_end().await.0, ["PROGRESS", "YIELD", "DONE"]);
    until("the patch", || peer.states().value("Counter")["count"] == 2).await;
    let updates = peer.states().updates();
    assert_eq!(updates.len(), 3);
    // The server may have another value than it was thought to: what it refused would be refused for ever.
    let replaced =
        |update: &[serde_json::Value]| update.iter().filter(|each| each["op"] == "replace").count();
    assert_eq!(replaced(&updates[0]), 1, "{updates:?}");
    let fields = peer.states().value("Counter").as_object().map(|fields| fields.len());
    for update in &updates[1..] {
        assert_eq!(Some(replaced(update)), fields, "{updates:?}");
    }
}

#[tokio::test]
async fn a_patch_whose_answer_is_lost_is_not_applied_twice() {
    let mut peer = Peer::start().await;
    let _agent = agent(&peer);
    let mut socket = peer.connection(&[]).await;
    peer.states().lose_answers(1);
    socket.assign("1", "see", json!({"what": 5})).await;
    assert_eq!(socket.receive_type("YIELD").await["returns"], json!({"return0": true}));
    assert_eq!(peer.states().value("Counter")["seen"], json!([5]));
    let updates = peer.states().updates();
    assert_eq!(updates[0], [json!({"op": "add", "path": "/seen/0", "value": 5})]);
    assert!(updates[1].iter().all(|operation| operation["op"] == "replace"), "{updates:?}");
}

#[tokio::test]
async fn a_state_without_json_is_not_sent_and_fails_no_function() {
    let mut peer = Peer::start().await;
    let _agent = agent(&peer);
    let mut socket = peer.connection(&[]).await;
    socket.assign("1", "heat", json!({"degrees": 30.0})).await;
    assert_eq!(socket.receive_to_end().await.0, ["PROGRESS", "YIELD", "DONE"]);
    assert_eq!(peer.states().value("Heat"), json!({"degrees": 20.5}));
    socket.assert_silent().await;
}

#[tokio::test]
async fn after_a_reconnect_the_server_has_what_the_state_is() {
    let mut peer = Peer::start().await;
    let _agent = agent(&peer);
    let mut socket = peer.connection(&[]).await;
    socket.assign("1", "inc", json!({"by": 3})).await;
    socket.receive_to_end().await;
    let before = peer.states().updates().len();
    socket.cut();
    let mut socket = peer.connection(&[]).await;
    until("the whole value", || peer.states().updates().len() > before + 1).await;
    let updates = peer.states().updates();
    assert!(
        updates[before..].iter().flatten().all(|operation| operation["op"] == "replace"),
        "whatever the server had, it has this now: {updates:?}"
    );
    assert_eq!(peer.states().value("Counter")["count"], 3);
    socket.assert_silent().await;
}

#[tokio::test]
async fn a_server_that_has_lost_its_data_is_told_what_the_states_are_now() {
    let mut peer = Peer::start().await;
    let _agent = agent(&peer);
    let mut socket = peer.connection(&[]).await;
    socket.assign("1", "inc", json!({"by": 3})).await;
    socket.receive_to_end().await;
    peer.forget("2");
    socket.cut();
    assert_eq!(peer.connection(&[]).await.closed().await, 1000);
    let mut socket = peer.connection(&[]).await;
    let registered = peer.states().registrations();
    assert_eq!(registered.len(), 2);
    assert_eq!(registered[1][0]["initial"], json!({"count": 3, "label": "boot", "seen": []}));
    socket.assign("1", "inc", json!({"by": 1})).await;
    assert_eq!(socket.receive_type("YIELD").await["returns"], json!({"return0": 4}));
    assert_eq!(peer.states().value("Counter")["count"], 4);
}
