//! Every document that the Python client 0.22.0 sends is valid here and answered.

use std::collections::HashMap;
use std::process::Command;

use serde_json::{Value, json};

use crate::http::{AGENT, CALLER, data, start};
use crate::peer::{Socket, add, connect, offer};

#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
/// The documents by name, asked from the Python client itself; none where `REKUEST_TEST_PYTHON` names no Python that has
/// it, as `.ci/run` sets up.
fn documents() -> Option<HashMap<String, String>> {
    let Some(python) = std::env::var_os("REKUEST_TEST_PYTHON") else {
        eprintln!("skipped: REKUEST_TEST_PYTHON names no Python with the client");
        return None;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/python/documents.py");
    let output = Command::new(python).arg(script).output().expect("a Python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("documents by name"))
}

fn filled() -> Value {
    let mut filled = add("add");
    filled["definition"]["args"] = json!([
        {"key": "a", "kind": "INT", "assignWidget": {"kind": "SLIDER", "min": 0, "max": 5}},
        {"key": "b", "kind": "STRING", "nullable": true, "assignWidget": {"kind": "SEARCH", "query": "query { x }", "ward": "w"},
         "effects": [{"kind": "MESSAGE", "function": "() => true", "message": "m"}, {"kind": "CUSTOM", "function": "f", "hook": "h", "ward": "w"}, {"kind": "HIDE", "function": "f"}],
         "validators": [{"function": "(x) => x > 1", "errorMessage": "e"}], "returnWidget": {"kind": "CUSTOM", "hook": "h", "ward": "w"}},
        {"key": "c", "kind": "ENUM", "nullable": true, "choices": [{"value": "A", "label": "a"}], "assignWidget": {"kind": "CHOICE", "choices": [{"value": 1, "label": "one"}]},
         "returnWidget": {"kind": "CHOICE", "choices": [{"value": "x", "label": "X"}]}},
        {"key": "d", "kind": "LIST", "nullable": true, "children": [{"key": "...", "kind": "UNION", "children": [{"key": "0", "kind": "INT"}]}],
         "assignWidget": {"kind": "STRING", "placeholder": "p", "asParagraph": true}},
        {"key": "e", "kind": "STRUCTURE", "nullable": true, "identifier": "@x/y", "assignWidget": {"kind": "CUSTOM", "hook": "h", "ward": "w", "fallback": {"kind": "STRING"}}},
    ]);
    filled["definition"]["portGroups"] = json!([{"key": "g", "ports": ["a"]}]);
    filled["definition"]["collections"] = json!(["math"]);
    filled
}

#[tokio::test]
async fn an_agents_documents_are_answered() {
    let Some(documents) = documents() else { return };
    let server = start().await;
    let states = json!({"input": {"instanceId": "default", "implementations": [{"interface": "S", "initial": {"x": 0}, "stateSchema": {"name": "S", "ports": [{"key": "x", "kind": "INT"}]}}]}});
    let set = data(&server, AGENT, &documents["set_agent_states"], states).await;
    assert_eq!(set["setAgentStates"][0]["value"], json!({"x": 0}));
    let about = json!({"input": {"instanceId": "default", "name": "app:1", "extensions": ["default"]}});
    data(&server, AGENT, &documents["ensure_agent"], about).await;
    let offered = json!({"input": {"instanceId": "default", "extension": "default", "runCleanup": true, "implementations": [filled()]}});
    let registered = data(&server, AGENT, &documents["set_extension_implementations"], offered).await;
    let args = &registered["setExtensionImplementations"][0]["action"]["args"];
    assert_eq!(args[0]["assignWidget"]["__typename"], "SliderAssignWidget");
    assert_eq!(args[1]["effects"][1]["hook"], "h");
    assert_eq!(args[2]["assignWidget"]["choices"][0]["value"], "1");
    let one =
        json!({"input": {"instanceId": "default", "extension": "default", "implementation": add("other")}});
    data(&server, AGENT, &documents["create_implementation"], one).await;
    let patched = json!({"input": {"instanceId": "default", "interface": "S", "patches": [{"op": "add", "path": "/x", "value": 1}]}});
    data(&server, AGENT, &documents["update_state"], patched).await;
    let whole = json!({"input": {"instanceId": "default", "interface": "S", "value": {"x": 2}}});
    data(&server, AGENT, &documents["set_state"], whole).await;
    let value = json!({"input": {"instanceId": "default", "identifier": "x/y", "resourceId": "r", "label": null, "description": null}});
    let drawer = data(&server, AGENT, &documents["shelve"], value).await["shelveInMemoryDrawer"]["id"].take();
    data(&server, AGENT, &documents["collect"], json!({"input": {"drawers": [drawer]}})).await;
    data(&server, AGENT, &documents["unshelve"], json!({"input": {"instanceId": "default", "id": drawer}}))
        .await;
    let mine = json!({"instanceId": "default", "interface": "add", "actionId": null});
    data(&server, AGENT, &documents["my_implementation_at"], mine).await;
    server.shutdown().await;
}

#[tokio::test]
async fn a_callers_documents_are_answered() {
    let Some(documents) = documents() else { return };
    let server = start().await;
    let (agent, registered) = offer(&server, json!([filled()])).await;
    let (mut socket, _) = connect(&server).await;
    let (implementation, action) = (&registered[0]["id"], &registered[0]["action"]);

    let mut caller = Socket::open(&server.graphql_ws_url(), Some("graphql-ws")).await;
    caller.send(json!({"type": "connection_init", "payload": {"token": CALLER}})).await;
    let payload = json!({"query": &documents["watch_assignations"], "variables": {"instanceId": "default"}});
    caller.send(json!({"id": "s", "type": "start", "payload": payload})).await;
    caller.send(json!({"id": "q", "type": "start", "payload": {"query": "{ agents { id } }"}})).await;
    caller.frame_of("complete").await;

    for variables in [
        json!({"id": action["id"]}),
        json!({"hash": action["hash"]}),
        json!({"implementation": implementation}),
        json!({"matching": {"key": "k", "argMatches": [{"at": 0, "kind": "INT"}]}}),
    ] {
        let found = data(&server, CALLER, &documents["find"], variables).await;
        assert_eq!(found["action"]["hash"], action["hash"]);
    }
    data(&server, CALLER, &documents["get_implementation"], json!({"id": implementation})).await;
    data(&server, CALLER, &documents["implementations_for"], json!({"hash": action["hash"]})).await;
    data(&server, CALLER, &documents["get_agent"], json!({"id": agent})).await;
    data(
        &server,
        CALLER,
        &documents["list_agents"],
        json!({"filters": {"ids": [agent]}, "pagination": {"limit": 5}}),
    )
    .await;
    data(&server, CALLER, &documents["list_actions"], json!({"filters": null, "pagination": null})).await;
    let options =
        data(&server, CALLER, &documents["search_actions"], json!({"search": "add", "values": null})).await;
    assert_eq!(options["options"][0]["label"], "Add");

    let input = json!({"input": {
        "instanceId": "default", "action": action["id"], "implementation": implementation, "agent": null, "actionHash": null,
        "reservation": null, "interface": null, "hooks": [], "args": {"a": 4, "b": null, "c": "A", "d": null, "e": "5"}, "reference": "ref",
        "parent": null, "cached": false, "log": false, "capture": false, "ephemeral": false, "dependencies": null, "isHook": false, "step": null}});
    let made = data(&server, CALLER, &documents["assign"], input).await["assign"].take();
    assert_eq!(made["latestEventKind"], "ASSIGN");
    assert_eq!(caller.frame_of("data").await["payload"]["data"]["assignations"]["create"]["id"], made["id"]);
    socket
        .send(
            json!({"id": "p", "type": "PROGRESS", "assignation": made["id"], "progress": 5, "message": "m"}),
        )
        .await;
    let event = caller.frame_of("data").await["payload"]["data"]["assignations"]["event"].take();
    let events = data(&server, CALLER, &documents["get_event"], json!({"id": event["id"]})).await;
    assert_eq!(events["event"], json!([event]));
    data(&server, CALLER, &documents["cancel"], json!({"input": {"assignation": made["id"]}})).await;
    data(&server, CALLER, &documents["interrupt"], json!({"input": {"assignation": made["id"]}})).await;
    let requests = data(&server, CALLER, &documents["requests"], json!({"instance_id": "default"})).await;
    assert_eq!(requests["assignations"][0]["id"], made["id"]);
    server.shutdown().await;
}
