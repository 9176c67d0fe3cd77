//! Calls, from `assign` to their last event.

use serde_json::{Value, json};

use crate::http::{AGENT, CALLER, STRANGER, builder, data, error, start};
use crate::peer::{ASSIGN, add, adder, assign, change, kinds, offer, subscribe, told};

fn yielding(assignation: &str, frame: &str, value: i64) -> Value {
    json!({"id": frame, "type": "YIELD", "assignation": assignation, "returns": {"return0": value}})
}

const FRAME: &str = "2848758c-5d38-4882-a81e-a46c4e6e3562";

async fn round_trip(subprotocol: &str) {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let mut caller = subscribe(&server, subprotocol).await;
    let id = assign(&server, &implementation, json!({"a": 4, "b": 5})).await;

    let frame = agent.frame_of("ASSIGN").await;
    for (field, value) in [
        ("interface", json!("add")),
        ("extension", json!("default")),
        ("assignation", json!(id)),
        ("reference", json!("ref")),
        ("args", json!({"a": 4, "b": 5})),
        ("app", json!("caller-app")),
        ("user", json!("me")),
        ("org", json!("lab")),
        ("parent", Value::Null),
        ("root", Value::Null),
        ("reservation", Value::Null),
        ("message", Value::Null),
        ("dependencies", json!({})),
        ("capture", json!(false)),
    ] {
        assert_eq!(frame[field], value, "{field}");
    }
    assert_eq!(frame["action"].as_str().expect("a hash").len(), 64);

    agent
        .send(json!({"id": "p", "type": "PROGRESS", "assignation": id, "progress": 0, "message": "Queued"}))
        .await;
    agent.send(yielding(&id, FRAME, 9)).await;
    agent.send(json!({"id": "d", "type": "DONE", "assignation": id})).await;

    assert_eq!(change(&mut caller).await["create"], json!({"id": id, "reference": "ref"}));
    let mut events = Vec::new();
    for kind in ["PROGRESS", "YIELD", "DONE"] {
        let event = change(&mut caller).await["event"].take();
        assert_eq!(event["kind"], kind);
        assert_eq!(event["reference"], "ref");
        assert_eq!(event["assignation"]["id"], id);
        events.push(event);
    }
    assert_eq!(events[0]["message"], "Queued");
    assert_eq!(events[1]["returns"], json!({"return0": 9}));
    let told = told(&server, &id).await;
    assert_eq!((&told["isDone"], &told["latestEventKind"]), (&json!(true), &json!("DONE")));
    assert_eq!(told["events"][0]["id"], events[2]["id"], "newest first");
    server.shutdown().await;
}

#[tokio::test]
async fn a_call_goes_out_and_its_result_comes_back_over_graphql_transport_ws() {
    round_trip("graphql-transport-ws").await;
}

#[tokio::test]
async fn a_call_goes_out_and_its_result_comes_back_over_graphql_ws() {
    round_trip("graphql-ws").await;
}

#[tokio::test]
async fn an_action_is_called_by_id_and_hash_and_action_wins_over_implementation() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let action = data(&server, CALLER, "{ actions { id hash } }", json!({})).await["actions"][0].take();
    for target in [
        json!({"action": action["id"]}),
        json!({"actionHash": action["hash"]}),
        json!({"action": action["id"], "implementation": "1"}),
        json!({"implementation": implementation}),
    ] {
        let mut input = json!({"instanceId": "default", "args": {"a": 1}});
        input.as_object_mut().expect("an object").extend(target.as_object().expect("an object").clone());
        let made = data(&server, CALLER, ASSIGN, json!({"i": input})).await;
        assert_eq!(agent.frame_of("ASSIGN").await["assignation"], made["assign"]["id"]);
        assert!(!made["assign"]["reference"].as_str().expect("a reference").is_empty());
    }
    server.shutdown().await;
}

#[tokio::test]
async fn a_call_of_an_agent_that_is_away_is_refused() {
    let server = start().await;
    let (_, registered) = offer(&server, json!([add("add")])).await;
    let named = |target: Value| {
        let mut input = json!({"instanceId": "default", "args": {"a": 1}});
        input.as_object_mut().expect("an object").extend(target.as_object().expect("an object").clone());
        json!({"i": input})
    };
    let one = named(json!({"implementation": registered[0]["id"]}));
    assert_eq!(error(&server, CALLER, ASSIGN, one).await, "Agent is not connected");
    let any = named(json!({"actionHash": registered[0]["action"]["hash"]}));
    assert_eq!(error(&server, CALLER, ASSIGN, any).await, "No active implementation found for this action");
    let nothing = error(&server, CALLER, ASSIGN, named(json!({}))).await;
    assert!(nothing.starts_with("expected one of `action`"), "{nothing}");
    server.shutdown().await;
}

#[tokio::test]
async fn cancel_reaches_the_agent_and_its_answer_ends_the_call() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    let cancel =
        "mutation($id: ID!) { cancel(input: {assignation: $id}) { id latestEventKind latestInstructKind } }";
    let cancelled = data(&server, CALLER, cancel, json!({"id": id})).await;
    assert_eq!(cancelled["cancel"]["latestEventKind"], "CANCELING");
    assert_eq!(cancelled["cancel"]["latestInstructKind"], "CANCEL");
    assert_eq!(agent.frame_of("CANCEL").await["assignation"], id);
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    agent.send(json!({"id": "c", "type": "CANCELLED", "assignation": id})).await;
    assert_eq!(change(&mut caller).await["event"]["kind"], "CANCELLED");
    // It succeeds on what has ended, and changes nothing.
    let again = data(&server, CALLER, cancel, json!({"id": id})).await;
    assert_eq!(again["cancel"]["latestEventKind"], "CANCELLED");
    server.shutdown().await;
}

#[tokio::test]
async fn a_repeated_yield_is_stored_once_and_nothing_comes_after_the_last_event() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    let other = "b43cb7b0-23eb-441b-9c02-d1b38c3cbbea";
    for frame in [FRAME, FRAME, other] {
        agent.send(yielding(&id, frame, 1)).await;
    }
    agent.send(json!({"id": "d", "type": "DONE", "assignation": id})).await;
    agent.send(json!({"id": "d", "type": "DONE", "assignation": id})).await;
    agent.send(json!({"id": "d", "type": "CRITICAL", "assignation": id, "error": "late"})).await;
    let next = assign(&server, &implementation, json!({"a": 1})).await;
    agent.send(json!({"id": "d", "type": "DONE", "assignation": next})).await;
    loop {
        let event = change(&mut caller).await["event"].take();
        if event["kind"] == "DONE" && event["assignation"]["id"] == next {
            break;
        }
    }
    assert_eq!(kinds(&server, &id).await, ["YIELD", "YIELD", "DONE"]);
    server.shutdown().await;
}

#[tokio::test]
async fn a_child_is_written_on_its_parent() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let parent = assign(&server, &implementation, json!({"a": 1})).await;
    let mut last = parent.clone();
    for _ in 0..2 {
        let input = json!({"i": {"instanceId": "default", "implementation": implementation, "args": {"a": 1}, "parent": last}});
        let child = data(&server, AGENT, ASSIGN, input).await["assign"]["id"].take();
        last = child.as_str().expect("an id").to_owned();
    }
    agent.frame_of("ASSIGN").await;
    agent.frame_of("ASSIGN").await;
    let grandchild = agent.frame_of("ASSIGN").await;
    assert_eq!(grandchild["root"], parent);
    assert_ne!(grandchild["parent"], parent);
    assert_eq!(kinds(&server, &parent).await, ["DELEGATE"]);
    let children = "query($id: ID!) { assignation(id: $id) { children { id parent { id } } events { delegatedTo { id } } } }";
    let shown = data(&server, CALLER, children, json!({"id": parent})).await["assignation"].take();
    assert_eq!(shown["children"][0]["id"], grandchild["parent"]);
    assert_eq!(shown["events"][0]["delegatedTo"]["id"], grandchild["parent"]);
    server.shutdown().await;
}

#[tokio::test]
async fn other_organizations_see_and_call_nothing() {
    let server = start().await;
    let (_agent, implementation) = adder(&server).await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    let seen =
        data(&server, STRANGER, "{ agents { id } actions { id } implementations { id } }", json!({})).await;
    assert_eq!(seen, json!({"agents": [], "actions": [], "implementations": []}));
    let input = json!({"i": {"instanceId": "default", "implementation": implementation, "args": {"a": 1}}});
    assert!(error(&server, STRANGER, ASSIGN, input).await.contains("there is no implementation"));
    for mutation in ["cancel", "ack", "interrupt"] {
        let document = format!("mutation($id: ID!) {{ {mutation}(input: {{assignation: $id}}) {{ id }} }}");
        assert!(
            error(&server, STRANGER, &document, json!({"id": id})).await.contains("there is no assignation")
        );
    }
    server.shutdown().await;
}

#[tokio::test]
async fn finished_calls_are_dropped_oldest_first_and_running_ones_are_kept() {
    let server = builder().keep_finished(2, usize::MAX).start().await.expect("starts");
    let (mut agent, implementation) = adder(&server).await;
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    let running = assign(&server, &implementation, json!({"a": 0})).await;
    let mut ended = Vec::new();
    for a in 1..=4 {
        let id = assign(&server, &implementation, json!({"a": a})).await;
        agent.send(json!({"id": "d", "type": "DONE", "assignation": id})).await;
        loop {
            let event = change(&mut caller).await["event"].take();
            if event["kind"] == "DONE" {
                assert_eq!(event["assignation"]["id"], id);
                break;
            }
        }
        ended.push(id);
    }
    let kept = data(&server, CALLER, "{ assignations { id } }", json!({})).await["assignations"].take();
    assert_eq!(kept, json!([{"id": running}, {"id": ended[2]}, {"id": ended[3]}]));
    server.shutdown().await;
}
