//! What agents keep in their memory, as it is listed.

use serde_json::{Value, json};

use crate::http::{AGENT, CALLER, STRANGER, data, error, start};
use crate::peer::{add, offer, offer_at};

#[tokio::test]
async fn shelves_and_drawers_are_listed_and_filtered() {
    let server = start().await;
    let (agent, registered) = offer(&server, json!([add("add")])).await;
    let (other, _) = offer_at(&server, "second", "another:1", json!([])).await;
    let shelve =
        "mutation($i: ShelveInMemoryDrawerInput!) { shelveInMemoryDrawer(input: $i) { id shelve { id } } }";
    let mut shelved = Vec::new();
    for (instance, identifier, label) in
        [("default", "x/image", "First"), ("default", "x/table", "Second"), ("second", "x/image", "Third")]
    {
        let input =
            json!({"instanceId": instance, "identifier": identifier, "resourceId": "r", "label": label});
        shelved.push(data(&server, AGENT, shelve, json!({"i": input})).await["shelveInMemoryDrawer"].take());
    }

    let drawers = "query($f: MemoryDrawerFilter, $p: OffsetPaginationInput) { memoryDrawers(filters: $f, pagination: $p) { label } }";
    for (filter, page, found) in [
        (Value::Null, Value::Null, json!(["First", "Second", "Third"])),
        (Value::Null, json!({"offset": 1, "limit": 1}), json!(["Second"])),
        (json!({"identifier": "x/image"}), Value::Null, json!(["First", "Third"])),
        (json!({"agent": other}), Value::Null, json!(["Third"])),
        (json!({"shelve": shelved[0]["shelve"]["id"]}), Value::Null, json!(["First", "Second"])),
        (json!({"implementation": registered[0]["id"], "search": "sec"}), Value::Null, json!(["Second"])),
        (json!({"ids": [shelved[2]["id"]]}), Value::Null, json!(["Third"])),
    ] {
        let shown = data(&server, CALLER, drawers, json!({"f": filter, "p": page})).await;
        let labels: Value = shown["memoryDrawers"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["label"].clone())
            .collect();
        assert_eq!(labels, found, "{filter} {page}");
    }

    let shelves = "query($f: MemoryShelveFilter, $o: MemoryShelveOrder) { memoryShelves(filters: $f, order: $o) { name drawers { label } } }";
    let shown = data(&server, CALLER, shelves, json!({"o": {"name": "ASC"}})).await;
    assert_eq!(shown["memoryShelves"][0], json!({"name": "another:1", "drawers": [{"label": "Third"}]}));
    assert_eq!(shown["memoryShelves"][1]["name"], "app:1");
    let shown = data(&server, CALLER, shelves, json!({"f": {"agent": agent}})).await;
    assert_eq!(shown["memoryShelves"].as_array().expect("a list").len(), 1);

    let one = "query($id: ID!) { memoryShelve(id: $id) { name agent { id } } }";
    let id = json!({"id": shelved[0]["shelve"]["id"]});
    let shown = data(&server, CALLER, one, id.clone()).await;
    assert_eq!(shown["memoryShelve"], json!({"name": "app:1", "agent": {"id": agent}}));
    let message = error(&server, STRANGER, one, id).await;
    assert!(message.starts_with("there is no memory shelve"), "{message}");
    assert_eq!(data(&server, STRANGER, drawers, json!({})).await["memoryDrawers"], json!([]));
    server.shutdown().await;
}
