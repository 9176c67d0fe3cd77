//! What agents offer: implementations, dependencies, states, drawers.

use serde_json::{Value, json};

use crate::http::{AGENT, CALLER, data, error, start};
use crate::peer::{ASSIGN, add, adder, assign, connect, offer};

const OFFER: &str = "mutation($i: SetExtensionImplementationsInput!) { setExtensionImplementations(input: $i) { id interface extension } }";

fn offered(extension: &str, cleanup: bool, implementations: Value) -> Value {
    json!({"i": {"instanceId": "default", "extension": extension, "runCleanup": cleanup, "implementations": implementations}})
}

async fn interfaces(server: &rekuest_server::RunningServer) -> Value {
    let shown = data(server, CALLER, "{ implementations { interface extension } }", json!({})).await;
    shown["implementations"].clone()
}

#[tokio::test]
async fn one_bad_definition_fails_the_whole_call_and_names_it() {
    let server = start().await;
    offer(&server, json!([])).await;
    let mut bad = add("look");
    bad["definition"]["args"][0] = json!({"key": "image", "kind": "STRUCTURE", "identifier": "image"});
    let message = error(&server, AGENT, OFFER, offered("default", true, json!([add("add"), bad]))).await;
    assert!(
        message.contains("`look`") && message.contains("args.image") && message.contains("STRUCTURE"),
        "{message}"
    );
    assert_eq!(interfaces(&server).await, json!([]));
    let mut unknown = add("add");
    unknown["definition"]["args"][0]["unheardOf"] = json!(1);
    let message = error(&server, AGENT, OFFER, offered("default", true, json!([unknown]))).await;
    assert!(message.contains("unheardOf"), "{message}");
    let message =
        error(&server, AGENT, OFFER, offered("default", true, json!([add("add"), add("add")]))).await;
    assert!(message.contains("offered twice"), "{message}");
    server.shutdown().await;
}

#[tokio::test]
async fn an_interface_moves_between_extensions_and_cleanup_stays_in_its_own() {
    let server = start().await;
    let (_, registered) = offer(&server, json!([add("one"), add("two")])).await;
    let moved = data(&server, AGENT, OFFER, offered("extra", true, json!([add("one")]))).await;
    let moved = &moved["setExtensionImplementations"][0];
    assert_eq!(moved, &json!({"id": registered[0]["id"], "interface": "one", "extension": "extra"}));
    data(&server, AGENT, OFFER, offered("default", false, json!([add("three")]))).await;
    assert_eq!(interfaces(&server).await.as_array().expect("a list").len(), 3);
    data(&server, AGENT, OFFER, offered("default", true, json!([add("three")]))).await;
    let left = interfaces(&server).await;
    assert_eq!(
        left,
        json!([{"interface": "one", "extension": "extra"}, {"interface": "three", "extension": "default"}])
    );
    server.shutdown().await;
}

#[tokio::test]
async fn without_ensure_agent_nothing_can_be_offered() {
    let server = start().await;
    let message = error(&server, AGENT, OFFER, offered("default", true, json!([]))).await;
    assert!(message.contains("call ensureAgent first"), "{message}");
    server.shutdown().await;
}

#[tokio::test]
async fn a_test_needs_the_action_it_tests() {
    let server = start().await;
    let (_, registered) = offer(&server, json!([add("add")])).await;
    let mut test = add("test");
    test["definition"]["isTestFor"] = json!([registered[0]["action"]["hash"]]);
    offer(&server, json!([add("add"), test.clone()])).await;
    let shown = data(&server, CALLER, "{ actions { tests { hash } isTestFor { hash } } }", json!({})).await;
    assert_eq!(shown["actions"][1]["isTestFor"][0]["hash"], registered[0]["action"]["hash"]);
    assert_eq!(shown["actions"][0]["tests"].as_array().expect("a list").len(), 1);
    test["definition"]["isTestFor"] = json!(["unknown"]);
    let message = error(&server, AGENT, OFFER, offered("default", false, json!([test]))).await;
    assert!(message.contains("does not exist"), "{message}");
    server.shutdown().await;
}

#[tokio::test]
async fn dependencies_are_resolved_when_a_call_is_made() {
    let server = start().await;
    let (_, registered) = offer(&server, json!([add("add")])).await;
    let depending = |interface: &str, dependency: Value| {
        let mut one = add(interface);
        one["definition"]["name"] = json!(interface);
        one["dependencies"] = json!([dependency]);
        one
    };
    let hash = registered[0]["action"]["hash"].clone();
    let all = json!([
        add("add"),
        depending("good", json!({"key": "k", "hash": hash})),
        depending("missing", json!({"key": "k", "hash": "0"})),
        depending("optional", json!({"key": "k", "hash": "0", "optional": true})),
        depending("vague", json!({"key": "k"})),
    ]);
    let (_, registered) = offer(&server, all).await;
    let (mut agent, _) = connect(&server).await;
    let id = |position: usize| registered[position]["id"].as_str().expect("an id").to_owned();
    assign(&server, &id(1), json!({"a": 1})).await;
    assert_eq!(agent.frame_of("ASSIGN").await["dependencies"], json!({"k": id(0)}));
    assign(&server, &id(3), json!({"a": 1})).await;
    assert_eq!(agent.frame_of("ASSIGN").await["dependencies"], json!({}));
    let input = |position: usize, extra: Value| {
        let mut input = json!({"instanceId": "default", "implementation": id(position), "args": {"a": 1}});
        input.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        json!({"i": input})
    };
    let message = error(&server, CALLER, ASSIGN, input(2, json!({}))).await;
    assert!(message.starts_with("No active implementation found for this depdendency k:"), "{message}");
    let message = error(&server, CALLER, ASSIGN, input(4, json!({}))).await;
    assert!(message.starts_with("Dependency k has no action hash"), "{message}");
    data(&server, CALLER, ASSIGN, input(2, json!({"dependencies": {"k": id(0)}}))).await;
    assert_eq!(agent.frame_of("ASSIGN").await["dependencies"], json!({"k": id(0)}));
    server.shutdown().await;
}

#[tokio::test]
async fn states_are_replaced_and_patched() {
    let server = start().await;
    let set = "mutation($i: SetAgentStatesInput!) { setAgentStates(input: $i) { id interface value stateSchema { name ports { key } } } }";
    let state = json!({"interface": "Counter", "initial": {"count": 0, "label": "boot"}, "stateSchema": {"name": "Counter", "ports": [{"key": "count", "kind": "INT"}]}});
    let input = |states: Value| json!({"i": {"instanceId": "default", "implementations": states}});
    let first = data(&server, AGENT, set, input(json!([state]))).await["setAgentStates"][0].take();
    assert_eq!(first["stateSchema"], json!({"name": "Counter", "ports": [{"key": "count"}]}));
    let update = "mutation($p: [Args!]!) { updateState(input: {interface: \"Counter\", instanceId: \"default\", patches: $p}) { id value } }";
    let patch = |path: &str| json!({"p": [{"op": "replace", "path": path, "value": 2}]});
    let updated = data(&server, AGENT, update, patch("/count")).await["updateState"].take();
    assert_eq!(updated, json!({"id": first["id"], "value": {"count": 2, "label": "boot"}}));
    let message = error(&server, AGENT, update, patch("/nothing")).await;
    assert!(message.starts_with("the state `Counter` cannot be changed"), "{message}");
    let message = error(&server, AGENT, update, json!({"p": [{"op": "dance"}]})).await;
    assert!(message.contains("RFC 6902"), "{message}");
    let shown = data(
        &server,
        CALLER,
        "query($id: ID!) { state(id: $id) { value } states { id } }",
        json!({"id": first["id"]}),
    )
    .await;
    assert_eq!(shown["state"]["value"]["count"], 2);
    data(&server, AGENT, set, input(json!([]))).await;
    let shown = data(&server, CALLER, "{ states { id } }", json!({})).await;
    assert_eq!(shown["states"], json!([]));
    server.shutdown().await;
}

#[tokio::test]
async fn drawers_are_shelved_collected_and_dropped_by_ensure_agent() {
    let server = start().await;
    let (mut agent, _) = adder(&server).await;
    let shelve = "mutation { shelveInMemoryDrawer(input: {instanceId: \"default\", identifier: \"x/y\", resourceId: \"r\"}) { id label } }";
    let drawer = data(&server, AGENT, shelve, json!({})).await["shelveInMemoryDrawer"]["id"].take();
    let collect = "mutation($d: [ID!]!) { collect(input: {drawers: $d}) }";
    let asked = data(&server, CALLER, collect, json!({"d": [drawer]})).await;
    assert_eq!(asked["collect"], json!([drawer]));
    assert_eq!(agent.frame_of("COLLECT").await["drawers"], json!([drawer]));
    let unshelve =
        "mutation($id: String!) { unshelveMemoryDrawer(input: {instanceId: \"default\", id: $id}) }";
    let gone = data(&server, AGENT, unshelve, json!({"id": drawer})).await;
    assert_eq!(gone["unshelveMemoryDrawer"], drawer);
    assert!(error(&server, AGENT, unshelve, json!({"id": drawer})).await.contains("there is no drawer"));
    data(&server, AGENT, shelve, json!({})).await;
    let drawers = "{ agents { memoryShelve { drawers { resourceId } } } }";
    let count =
        |shown: Value| shown["agents"][0]["memoryShelve"]["drawers"].as_array().expect("a list").len();
    assert_eq!(count(data(&server, AGENT, drawers, json!({})).await), 1);
    offer(&server, json!([])).await;
    assert_eq!(count(data(&server, AGENT, drawers, json!({})).await), 0);
    server.shutdown().await;
}

#[tokio::test]
async fn lists_are_filtered_and_cut_to_pages() {
    let server = start().await;
    let named = |interface: &str, name: &str| {
        let mut one = add(interface);
        one["definition"]["name"] = json!(name);
        one
    };
    let (agent, _) =
        offer(&server, json!([named("a", "Alpha"), named("b", "Beta"), named("c", "Alphabet")])).await;
    for (query, expected) in [
        (r#"{ actions(filters: {search: "alpha"}) { name } }"#, vec!["Alpha", "Alphabet"]),
        (r#"{ actions(filters: {name: {exact: "Alpha"}}) { name } }"#, vec!["Alpha"]),
        (r#"{ actions(filters: {name: {iStartsWith: "BE"}}) { name } }"#, vec!["Beta"]),
        (r#"{ actions(pagination: {offset: 1, limit: 1}) { name } }"#, vec!["Beta"]),
        (r#"{ actions(order: {definedAt: DESC}, pagination: {limit: 1}) { name } }"#, vec!["Alphabet"]),
        (
            r#"{ actions(filters: {demands: [{kind: ARGS, matches: [{at: 0, kind: STRING}]}]}) { name } }"#,
            vec![],
        ),
        (
            r#"{ actions(filters: {demands: [{kind: ARGS, forceLength: 2}]}, pagination: {limit: 1}) { name } }"#,
            vec!["Alpha"],
        ),
    ] {
        let shown = data(&server, CALLER, query, json!({})).await;
        let names: Vec<&str> = shown["actions"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|action| action["name"].as_str())
            .collect();
        assert_eq!(names, expected, "{query}");
    }
    let at = "query($agent: ID!) { implementationAt(agent: $agent, interface: \"b\") { action { name } } implementations(filters: {interface: {exact: \"c\"}, agent: {ids: [$agent]}}) { agent { name connected } } action(agent: $agent, interface: \"a\") { name } }";
    let shown = data(&server, CALLER, at, json!({"agent": agent})).await;
    assert_eq!(
        shown,
        json!({"implementationAt": {"action": {"name": "Beta"}}, "implementations": [{"agent": {"name": "app:1", "connected": false}}], "action": {"name": "Alpha"}})
    );
    server.shutdown().await;
}
