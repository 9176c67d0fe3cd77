//! What functions call themselves: who serves it, and what is said when nobody does.

use rekuest_server::RunningServer;
use serde_json::{Value, json};

use crate::http::{CALLER, data, error, start};
use crate::peer::{ASSIGN, add, adder, assign, connect, connect_at, offer, offer_at};

/// A function of this name that depends on another one.
fn depending(name: &str, dependency: Value) -> Value {
    let mut one = add(name);
    one["definition"]["name"] = json!(name);
    one["dependencies"] = json!([dependency]);
    one
}

fn id(registered: &Value, position: usize) -> String {
    registered[position]["id"].as_str().expect("an id").to_owned()
}

/// Why a call of an implementation is refused.
async fn refusal(server: &RunningServer, implementation: &str, dependencies: Value) -> String {
    let input = json!({"instanceId": "default", "implementation": implementation, "args": {"a": 1}, "dependencies": dependencies});
    error(server, CALLER, ASSIGN, json!({"i": input})).await
}

#[tokio::test]
async fn of_those_that_serve_a_dependency_the_one_of_the_least_busy_agent_is_taken() {
    let server = start().await;
    let named = |dependency: &str| json!({"key": "k", "name": dependency});
    let (_, first) = offer(&server, json!([add("add")])).await;
    let (_, second) = offer_at(&server, "second", "other:1", json!([add("add")])).await;
    let (_, third) = offer_at(&server, "third", "caller:1", json!([depending("calls", named("Add"))])).await;
    let (_busy, _) = connect(&server).await;
    let (_free, _) = connect_at(&server, "second").await;
    let (mut agent, _) = connect_at(&server, "third").await;
    assign(&server, &id(&first, 0), json!({"a": 1})).await;
    assign(&server, &id(&third, 0), json!({"a": 1})).await;
    assert_eq!(agent.frame_of("ASSIGN").await["dependencies"], json!({"k": id(&second, 0)}));
    for _ in 0..2 {
        assign(&server, &id(&second, 0), json!({"a": 1})).await;
    }
    assign(&server, &id(&third, 0), json!({"a": 1})).await;
    assert_eq!(agent.frame_of("ASSIGN").await["dependencies"], json!({"k": id(&first, 0)}));
    server.shutdown().await;
}

#[tokio::test]
async fn a_dependency_that_nobody_serves_says_whose_it_is_what_it_asks_for_and_what_to_do() {
    let server = start().await;
    let ports = json!({"key": "k", "argMatches": [{"at": 0, "key": "image", "kind": "STRUCTURE", "identifier": "@x/y"}], "forceArgLength": 1});
    let all = json!([
        depending("by_hash", json!({"key": "k", "hash": "0"})),
        depending("by_name", json!({"key": "k", "name": "Unheard of"})),
        depending("by_ports", ports),
        depending("vague", json!({"key": "k"})),
    ]);
    let (_, registered) = offer(&server, all).await;
    let (_agent, _) = connect(&server).await;
    for (position, interface, asked) in [
        (0, "by_hash", "the hash `0`"),
        (1, "by_name", "the name `Unheard of`"),
        (2, "by_ports", "the arguments (image: STRUCTURE @x/y)"),
    ] {
        let message = refusal(&server, &id(&registered, position), Value::Null).await;
        let expected = format!(
            "No active implementation found for this depdendency k: `{interface}` of `app:1` needs an action with {asked}, and no app offers one: start an app that does, or name an implementation of it in `dependencies`"
        );
        assert_eq!(message, expected);
    }
    let message = refusal(&server, &id(&registered, 3), Value::Null).await;
    assert!(message.starts_with("Dependency k has no action hash"), "{message}");
    assert!(message.contains("`vague` of `app:1`"), "{message}");
    let message = refusal(&server, &id(&registered, 0), json!({"k": "7"})).await;
    assert!(message.starts_with("`dependencies` names the implementation `7` for k"), "{message}");
    server.shutdown().await;
}

#[tokio::test]
async fn an_app_that_would_serve_a_dependency_were_it_connected_is_named() {
    let server = start().await;
    offer_at(&server, "second", "other:1", json!([add("add")])).await;
    let (_, registered) =
        offer(&server, json!([depending("calls", json!({"key": "k", "name": "Add"}))])).await;
    let (_agent, _) = connect(&server).await;
    let message = refusal(&server, &id(&registered, 0), Value::Null).await;
    assert!(message.contains("it is offered by `other:1`, not connected now: start it"), "{message}");
    server.shutdown().await;
}

#[tokio::test]
async fn a_function_serves_its_own_dependency_only_by_its_hash() {
    let server = start().await;
    let args = json!([{"at": 0, "key": "a", "kind": "INT"}, {"at": 1, "key": "b", "kind": "INT"}]);
    let same_shape = json!({"key": "k", "argMatches": args, "forceArgLength": 2});
    let (_, registered) = offer(&server, json!([depending("alone", same_shape.clone())])).await;
    let (mut agent, _) = connect(&server).await;
    let message = refusal(&server, &id(&registered, 0), Value::Null).await;
    assert!(message.contains("no app offers one"), "{message}");

    let hash = registered[0]["action"]["hash"].clone();
    let (_, registered) =
        offer(&server, json!([depending("alone", json!({"key": "k", "hash": hash}))])).await;
    assign(&server, &id(&registered, 0), json!({"a": 1})).await;
    assert_eq!(agent.frame_of("ASSIGN").await["dependencies"], json!({"k": id(&registered, 0)}));

    let (_, registered) = offer(&server, json!([depending("alone", same_shape), add("other")])).await;
    assign(&server, &id(&registered, 0), json!({"a": 1})).await;
    assert_eq!(agent.frame_of("ASSIGN").await["dependencies"], json!({"k": id(&registered, 1)}));
    server.shutdown().await;
}

#[tokio::test]
async fn a_dependency_is_shown_with_what_it_asks_for() {
    let server = start().await;
    let list = json!({"key": "sizes", "kind": "LIST", "nullable": true, "children": [{"kind": "INT"}]});
    let wanted = json!({"key": "k", "description": "Looks", "argMatches": [list], "optional": true});
    offer(&server, json!([depending("calls", wanted)])).await;
    let shown = data(&server, CALLER, "{ implementations { dependencies { id } } }", json!({})).await;
    let id = &shown["implementations"][0]["dependencies"][0]["id"];
    let query = "query($id: ID!) { dependency(id: $id) { key optional description actionHash resolvable returnMatches { kind } argMatches { at key kind nullable children { key kind } } implementation { interface } } }";
    let shown = data(&server, CALLER, query, json!({"id": id})).await;
    let matches = json!([{"at": null, "key": "sizes", "kind": "LIST", "nullable": true, "children": [{"key": null, "kind": "INT"}]}]);
    assert_eq!(
        shown["dependency"],
        json!({"key": "k", "optional": true, "description": "Looks", "actionHash": null, "resolvable": false, "returnMatches": null,
            "argMatches": matches, "implementation": {"interface": "calls"}})
    );
    let message = error(&server, CALLER, query, json!({"id": "1"})).await;
    assert!(message.contains("there is no dependency `1`"), "{message}");
    server.shutdown().await;
}

#[tokio::test]
async fn of_the_actions_that_fit_a_demand_one_that_can_be_called_is_found() {
    let server = start().await;
    // Another definition under the same name takes the place of the first, whose action is still known.
    let mut older = add("add");
    older["definition"]["description"] = json!("The older one");
    offer(&server, json!([older])).await;
    let find = "query($m: ActionDependencyInput!) { action(matching: $m) { description } }";
    let named = json!({"m": {"key": "k", "name": "Add"}});
    let found = data(&server, CALLER, find, named.clone()).await;
    assert_eq!(found["action"]["description"], "The older one");
    let (_agent, _) = adder(&server).await;
    assert_eq!(data(&server, CALLER, find, named).await["action"]["description"], Value::Null);
    let message = error(&server, CALLER, find, json!({"m": {"key": "k", "name": "Sub"}})).await;
    assert_eq!(message, "there is no action with the name `Sub`");
    server.shutdown().await;
}
