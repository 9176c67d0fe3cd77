//! A server that knows only some structures, and registrations that fail.

use serde_json::{Value, json};

use crate::http::{AGENT, CALLER, builder, data, error, start};
use crate::peer::{add, connect, offer};

const OFFER: &str = "mutation($i: SetExtensionImplementationsInput!) { setExtensionImplementations(input: $i) { id interface } }";
const CREATE: &str = "mutation($i: CreateImplementationInput!) { createImplementation(input: $i) { id interface extension action { id name } } }";

fn offered(implementations: Value) -> Value {
    json!({"i": {"instanceId": "default", "extension": "default", "runCleanup": true, "implementations": implementations}})
}

fn created(implementation: Value) -> Value {
    json!({"i": {"instanceId": "default", "extension": "default", "implementation": implementation}})
}

/// A function of a list of structures, which it returns one of.
fn look(interface: &str, takes: &str, returns: &str) -> Value {
    let mut one = add(interface);
    let structure =
        |key: &str, identifier: &str| json!({"key": key, "kind": "STRUCTURE", "identifier": identifier});
    one["definition"]["name"] = json!(interface);
    one["definition"]["args"] =
        json!([{"key": "images", "kind": "LIST", "children": [structure("...", takes)]}]);
    one["definition"]["returns"] = json!([structure("return0", returns)]);
    one
}

/// Everything that registering writes.
async fn registered(server: &rekuest_server::RunningServer) -> Value {
    data(server, CALLER, "{ implementations { id interface action { id } } actions { id hash } }", json!({}))
        .await
}

#[tokio::test]
async fn a_structure_that_is_not_known_is_refused_by_name() {
    let server = builder().structures(["@mikro/image", "@mikro/stage"]).start().await.expect("starts");
    offer(&server, json!([look("good", "@mikro/image", "@mikro/stage")])).await;
    for (bad, place) in [
        (look("bad", "@mikro/other", "@mikro/stage"), "args.images"),
        (look("bad", "@mikro/image", "@mikro/other"), "returns.return0"),
    ] {
        let message = error(&server, AGENT, OFFER, offered(json!([bad]))).await;
        for part in ["`bad`", place, "`@mikro/other`", "`@mikro/image`, `@mikro/stage`"] {
            assert!(message.contains(part), "{part}: {message}");
        }
    }
    let message = error(&server, AGENT, CREATE, created(look("bad", "image", "@mikro/stage"))).await;
    assert!(message.contains("`@package/key`") && message.contains("got `image`"), "{message}");
    server.shutdown().await;
}

#[tokio::test]
async fn every_identifier_with_a_slash_is_known_unless_said_otherwise() {
    let server = start().await;
    offer(&server, json!([look("look", "@any/thing", "a/b")])).await;
    server.shutdown().await;
}

#[tokio::test]
async fn of_a_call_that_fails_nothing_is_registered_and_nothing_is_dropped() {
    let server = builder().structures(["@mikro/image"]).start().await.expect("starts");
    offer(&server, json!([add("kept"), add("changed")])).await;
    let (_agent, _) = connect(&server).await;
    let before = registered(&server).await;
    let mut changed = add("changed");
    changed["definition"]["name"] = json!("Changed");
    let mut test = add("test");
    test["definition"]["isTestFor"] = json!(["unknown"]);
    for bad in [look("bad", "@mikro/other", "@mikro/image"), look("bad", "image", "@mikro/image"), test] {
        // The good ones come before it and behind it.
        let all = json!([changed, add("new"), bad, look("newer", "@mikro/image", "@mikro/image")]);
        error(&server, AGENT, OFFER, offered(all)).await;
        assert_eq!(registered(&server).await, before);
    }
    server.shutdown().await;
}

#[tokio::test]
async fn a_single_implementation_is_created_and_replaces_that_of_its_interface() {
    let server = start().await;
    let (_, first) = offer(&server, json!([add("one"), add("two")])).await;
    let mut changed = add("one");
    changed["definition"]["name"] = json!("Changed");
    let made = data(&server, AGENT, CREATE, created(changed)).await["createImplementation"].take();
    assert_eq!((&made["id"], &made["action"]["name"]), (&first[0]["id"], &json!("Changed")));
    assert_ne!(made["action"]["id"], first[0]["action"]["id"]);
    let made = data(&server, AGENT, CREATE, created(add("three"))).await["createImplementation"].take();
    assert_eq!(made["extension"], "default");
    let all = registered(&server).await["implementations"].take();
    let interfaces: Vec<&Value> =
        all.as_array().expect("a list").iter().map(|one| &one["interface"]).collect();
    assert_eq!(interfaces, ["one", "two", "three"]);
    server.shutdown().await;
}
