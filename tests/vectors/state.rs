//! What states look like, as far as ports and values go: their schemas are read and written, their values are models.
//!
//! Registering a state, and the patches from one to the next, are tested where states are.

use rekuest::port::PortBuf;
use rekuest::{Contexts, Expand, Port, PortType, Shrink};
use rekuest_core::JsonWriter;
use serde_json::Value;

use crate::json::Json;
use crate::peer::now;
use crate::types::{CameraState, Full};
use crate::without_nulls;

/// The ports of a model.
fn fields<T: PortType>() -> Value {
    let port: Port = T::PORT;
    let port = without_nulls(serde_json::to_value(port).expect("a port has JSON"));
    port["children"].clone()
}

/// The schemas in the file, by their names.
fn schemas(file: &Json) -> Vec<(String, Json)> {
    let mut schemas = file.get("schemas").expect("schemas").members().to_vec();
    for (place, key) in [("bare @state", "schema"), ("state_implementation_input", "stateSchema")] {
        let schema = file.get(place).and_then(|state| state.get(key)).expect("a schema");
        let name = schema.get("name").and_then(Json::text).expect("a name");
        schemas.push((name.to_owned(), schema.clone()));
    }
    schemas
}

#[test]
fn schemas_of_states_are_read_and_are_those_of_models() {
    let file = crate::file("state");
    let known = ["schemas", "bare @state", "transitions", "state_implementation_input"];
    for (part, _) in file.members() {
        assert!(known.contains(&part.as_str()), "{part:?} is not known");
    }
    for (name, schema) in schemas(&file) {
        let ports = schema.get("ports").expect("ports").raw();
        let said: Value = serde_json::from_str(ports.get()).expect("ports are JSON");
        let read: Vec<PortBuf> = serde_json::from_str(ports.get()).expect("ports");
        let written = serde_json::to_value(read).expect("ports have JSON");
        assert_eq!(without_nulls(written), without_nulls(said.clone()), "{name}");
        let ours = match name.as_str() {
            "Full" => fields::<Full>(),
            "CameraState" | "CameraState2" => fields::<CameraState>(),
            other => panic!("no type in Rust is known for the state {other}"),
        };
        assert_eq!(ours, without_nulls(said), "{name}");
    }
}

/// The same value, read and written.
fn through<T: Expand + Shrink>(json: &Json) -> String {
    let (mut out, contexts) = (JsonWriter::new(), Contexts::default());
    let value = now(T::expand(&json.raw(), &contexts)).expect("a value that fits");
    now(value.shrink(&mut out, &contexts)).expect("a value that has JSON");
    Json::parse(out.as_str()).expect("JSON").to_string()
}

#[test]
fn values_of_states_are_those_of_models() {
    let file = crate::file("state");
    for transition in file.get("transitions").expect("transitions").items() {
        let shrunk = transition.get("shrunk").expect("a value");
        assert_eq!(through::<Full>(shrunk), shrunk.to_string());
    }
    let initial = file.get("state_implementation_input").and_then(|state| state.get("initial"));
    let initial = initial.expect("a value");
    assert_eq!(through::<Full>(initial), initial.to_string());
}
