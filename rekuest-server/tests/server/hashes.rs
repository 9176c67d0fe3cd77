//! The hash that the server gives is that of its own input, defaults filled in (protocol, section 2).

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::http::start;
use crate::peer::offer;

/// Recorded definitions in which the Python client leaves out nothing that GraphQL would fill in.
const COMPLETE: [&str; 14] = [
    "add",
    "annotated_descriptor",
    "annotated_return_widget",
    "annotated_validator",
    "deep",
    "dicts",
    "enum_default",
    "float_extremes",
    "lists",
    "memory_structure",
    "model_arg",
    "numpy_docs",
    "scalar_defaults",
    "structure",
];

#[tokio::test]
async fn definitions_as_the_python_client_sends_them_get_the_hash_it_knows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/vectors/definitions");
    let server = start().await;
    for name in COMPLETE {
        let text =
            fs::read_to_string(folder.join(name).with_extension("json")).expect("a recorded definition");
        let vector: Value = serde_json::from_str(&text).expect("JSON");
        let (_, registered) = offer(&server, json!([vector["wire"]])).await;
        assert_eq!(registered[0]["action"]["hash"], vector["hash"], "{name}");
    }
    server.shutdown().await;
}

#[tokio::test]
async fn what_is_left_out_is_hashed_as_its_default() {
    let server = start().await;
    let left_out = json!([{"interface": "f", "dependencies": [], "definition": {"name": "F", "kind": "FUNCTION", "args": [
        {"key": "a", "kind": "INT", "effects": [{"kind": "HIDE", "function": "f"}], "validators": [{"function": "g"}]}]}}]);
    let spelled_out = json!([{"interface": "f", "dependencies": [], "definition": {
        "name": "F", "kind": "FUNCTION", "description": null, "collections": [], "stateful": false, "portGroups": [], "returns": [],
        "isTestFor": [], "interfaces": [], "isDev": false, "logo": null, "args": [{
            "key": "a", "kind": "INT", "label": null, "description": null, "identifier": null, "nullable": false, "default": null,
            "children": null, "choices": null, "assignWidget": null, "returnWidget": null, "descriptors": null,
            "effects": [{"kind": "HIDE", "function": "f", "dependencies": [], "message": null, "fade": true, "hook": null, "ward": null}],
            "validators": [{"function": "g", "dependencies": [], "label": null, "errorMessage": null}]}]}}]);
    let (_, first) = offer(&server, left_out).await;
    let (_, second) = offer(&server, spelled_out).await;
    assert_eq!(first[0]["action"], second[0]["action"]);
    server.shutdown().await;
}
