//! The hash that the server gives is that of its own input, defaults filled in (protocol, section 2).

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::http::start;
use crate::peer::offer;

#[tokio::test]
async fn definitions_as_the_python_client_sends_them_get_the_hash_it_knows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/definitions");
    let server = start().await;
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("the fixtures") {
        let text = fs::read_to_string(entry.expect("a file").path()).expect("text");
        let vector: Value = serde_json::from_str(&text).expect("JSON");
        let (_, registered) = offer(&server, json!([vector["wire"]])).await;
        assert_eq!(registered[0]["action"]["hash"], vector["hash"], "{}", vector["key"]);
        seen += 1;
    }
    assert!(seen >= 5, "only {seen} definitions were found");
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
