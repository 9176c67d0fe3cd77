//! Interrupting, pausing, stepping: what is sent to an agent, and what becomes of its answers.

use serde_json::{Value, json};

use crate::http::{CALLER, data, start};
use crate::peer::{adder, assign, change, kinds, subscribe, told};

/// Instructs an agent through a mutation.
async fn instruct(server: &rekuest_server::RunningServer, mutation: &str, assignation: &str) -> Value {
    let document = format!(
        "mutation($id: ID!) {{ {mutation}(input: {{assignation: $id}}) {{ isDone latestEventKind latestInstructKind }} }}"
    );
    data(server, CALLER, &document, json!({"id": assignation})).await[mutation].take()
}

#[tokio::test]
async fn interrupt_pause_resume_and_step_reach_the_agent() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    for (mutation, frame) in
        [("pause", "PAUSE"), ("step", "STEP"), ("resume", "RESUME"), ("interrupt", "INTERRUPT")]
    {
        assert_eq!(instruct(&server, mutation, &id).await["latestInstructKind"], frame);
        assert_eq!(agent.frame_of(frame).await["assignation"], id);
    }
    assert_eq!(told(&server, &id).await["latestEventKind"], "INTERUPTING");
    server.shutdown().await;
}

#[tokio::test]
async fn paused_and_resumed_are_told_as_progress() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    assert_eq!(change(&mut caller).await["create"]["id"], id);
    for (frame, message) in [("PAUSED", "paused"), ("RESUMED", "resumed")] {
        agent.send(json!({"id": "p", "type": frame, "assignation": id})).await;
        let event = change(&mut caller).await["event"].take();
        assert_eq!((&event["kind"], &event["message"]), (&json!("PROGRESS"), &json!(message)));
        let told = told(&server, &id).await;
        assert_eq!((&told["statusMessage"], &told["isDone"]), (&json!(message), &json!(false)));
        assert_eq!(told["events"][0]["progress"], Value::Null);
    }
    server.shutdown().await;
}

#[tokio::test]
async fn stepped_names_no_assignation_and_changes_nothing() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    agent.send(json!({"id": "s", "type": "STEPPED"})).await;
    agent.send(json!({"id": "s", "type": "STEPPED", "assignation": id})).await;
    agent.send(json!({"id": "d", "type": "DONE", "assignation": id})).await;
    while change(&mut caller).await["event"]["kind"] != "DONE" {}
    assert_eq!(kinds(&server, &id).await, ["DONE"]);
    server.shutdown().await;
}

#[tokio::test]
async fn interrupted_ends_the_call_and_nothing_comes_after_it() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    instruct(&server, "interrupt", &id).await;
    assert_eq!(agent.frame_of("INTERRUPT").await["assignation"], id);
    for kind in ["INTERRUPTED", "PAUSED", "CANCELLED", "INTERRUPTED"] {
        agent.send(json!({"id": "i", "type": kind, "assignation": id})).await;
    }
    let next = assign(&server, &implementation, json!({"a": 1})).await;
    agent.send(json!({"id": "d", "type": "DONE", "assignation": next})).await;
    while change(&mut caller).await["event"]["kind"] != "DONE" {}
    assert_eq!(kinds(&server, &id).await, ["INTERUPTED"]);
    assert_eq!(told(&server, &id).await["isDone"], true);
    // What has ended is not instructed any more.
    let again = instruct(&server, "pause", &id).await;
    assert_eq!(
        again,
        json!({"isDone": true, "latestEventKind": "INTERUPTED", "latestInstructKind": "INTERRUPT"})
    );
    let last = assign(&server, &implementation, json!({"a": 1})).await;
    assert_eq!(agent.frame_of("ASSIGN").await["assignation"], next);
    let frame = agent.frame().await;
    assert_eq!((&frame["type"], &frame["assignation"]), (&json!("ASSIGN"), &json!(last)));
    server.shutdown().await;
}
