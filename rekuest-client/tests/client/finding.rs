//! Finding by app and interface, by hash and by id.

use rekuest_client::args;
use rekuest_core::CallError;
use serde_json::{Value, json};

use crate::peer::Peer;

fn implementation(id: &str, agent: &str, connected: bool) -> Value {
    json!({"id": id, "interface": "add",
        "agent": {"id": "1", "name": agent, "connected": connected, "instanceId": "default"},
        "action": {"id": "9", "hash": "abc", "name": "Add", "kind": "FUNCTION", "description": null,
            "args": [{"key": "a", "kind": "INT"}], "returns": [{"key": "return0", "kind": "INT"}]}})
}

#[tokio::test]
async fn a_connected_instance_of_the_app_is_found_and_called_alone() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 2}))).await;
    peer.world().implementations = json!([
        implementation("1", "other:1.0", true),
        implementation("2", "calculator:1.0", false),
        implementation("3", "calculator:1.1", true),
    ]);
    let client = peer.client().await;
    let action = client.find("calculator", "add").await.expect("found");
    assert_eq!(action.implementation().map(|found| found.id.as_str()), Some("3"));
    assert_eq!(action.args()[0].key, "a");
    let sum: i64 = action.call(args! { a: 1 }).await.expect("a sum");
    assert_eq!(sum, 2);
    let assigned = peer.world().assigned[0].clone();
    assert_eq!(assigned["implementation"], "3");
    assert!(assigned.get("action").is_none() && assigned.get("actionHash").is_none());

    let all = client.find_all("calculator", "add").await.expect("found");
    let ids: Vec<_> = all.iter().filter_map(|action| Some(action.implementation()?.id.as_str())).collect();
    assert_eq!(ids, ["3", "2"]);
    let version = client.find("calculator:1.0", "add").await.expect_err("not connected");
    assert!(version.to_string().contains("not connected"), "{version}");
}

#[tokio::test]
async fn what_is_not_found_says_what_there_is() {
    let peer = Peer::start().await;
    peer.world().implementations = json!([]);
    peer.world().agents = json!([{"id": "1", "name": "calculator:1", "connected": true, "instanceId": "default",
        "implementations": [{"interface": "sub"}]}]);
    let client = peer.client().await;
    let error = client.find("calculator", "add").await.expect_err("none");
    assert!(matches!(error, CallError::NotFound(_)), "{error:?}");
    assert_eq!(error.to_string(), "the app `calculator` offers no `add`; it offers: `sub`");
}

#[tokio::test]
async fn an_action_that_is_not_there_is_not_found() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    peer.world().action = Value::Null;
    let error = client.find_by_hash("abc").await.expect_err("none");
    assert_eq!(error.to_string(), "the server knows no action with the hash `abc`");
    let refusal = r#"{"data": null, "errors": [{"message": "Action matching query does not exist."}]}"#;
    peer.world().fault = Some((200, refusal));
    let error = client.action("7").await.expect_err("none");
    assert!(matches!(&error, CallError::NotFound(text) if text.contains("the id `7`")), "{error:?}");
}

#[tokio::test]
async fn nested_ports_are_read() {
    let peer = Peer::start().await;
    let item = json!({"key": "...", "kind": "MODEL", "identifier": "point", "children": [
        {"key": "x", "kind": "INT", "nullable": true, "default": 5, "choices": null, "children": null}]});
    peer.world().action = json!({"id": "1", "hash": "h", "name": "N", "kind": "FUNCTION",
        "args": [{"key": "points", "kind": "LIST", "children": [item]}], "returns": []});
    let client = peer.client().await;
    let action = client.action("1").await.expect("the action");
    let x = &action.args()[0].children()[0].children()[0];
    assert_eq!((x.key.as_str(), x.default.as_ref().map(|default| default.get())), ("x", Some("5")));
    let error = action.call::<()>(args! { points: [{ serde_json::json!({"x": "one"}) }] }).await;
    assert!(error.expect_err("wrong").to_string().contains("points[0].x"));
}
