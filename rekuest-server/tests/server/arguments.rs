//! Arguments are validated before anything is made of them.

use serde_json::{Value, json};

use crate::http::{CALLER, data, error, start};
use crate::peer::{ASSIGN, adder, assign, connect, offer};

fn input(implementation: &str, args: Value) -> Value {
    json!({"i": {"instanceId": "default", "implementation": implementation, "args": args}})
}

#[tokio::test]
async fn an_argument_that_does_not_fit_is_refused_with_its_path_and_nothing_is_made() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    for (args, mistake) in [
        (json!({"a": "x"}), "a: expected INT, got \"x\""),
        (json!({}), "a: missing, expected INT"),
        (json!({"a": 1, "c": 2}), "c: unknown, expected one of: `a`, `b`"),
    ] {
        let message = error(&server, CALLER, ASSIGN, input(&implementation, args)).await;
        assert!(message.contains(mistake), "{message}");
    }
    let message = error(&server, CALLER, ASSIGN, input(&implementation, json!([1]))).await;
    assert!(message.contains("`args` has to be an object"), "{message}");
    let none = data(&server, CALLER, "{ assignations { id } }", json!({})).await;
    assert_eq!(none["assignations"], json!([]));
    let id = assign(&server, &implementation, json!({"a": 1, "b": null})).await;
    assert_eq!(agent.frame().await["assignation"], id);
    server.shutdown().await;
}

#[tokio::test]
async fn the_path_leads_into_nested_values() {
    let server = start().await;
    let nested = json!([{"interface": "f", "dependencies": [], "definition": {
        "name": "F", "kind": "FUNCTION",
        "args": [{"key": "b", "kind": "LIST", "children": [{"key": "...", "kind": "MODEL", "identifier": "m", "children": [
            {"key": "label", "kind": "FLOAT"}]}]}],
    }}]);
    let (_, registered) = offer(&server, nested).await;
    let (_agent, _) = connect(&server).await;
    let id = registered[0]["id"].as_str().expect("an id");
    let args = json!({"b": [{"label": 1.0}, {"label": 2}, {"label": "x"}]});
    let message = error(&server, CALLER, ASSIGN, input(id, args)).await;
    assert!(message.contains("b[2].label: expected FLOAT, got \"x\""), "{message}");
    server.shutdown().await;
}
