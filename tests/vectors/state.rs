//! What states look like: their schemas, their values, and the patches from one value to the next.

use json_patch::PatchOperation;
use rekuest::port::PortBuf;
use rekuest::testing;
use rekuest::{App, Contexts, StateType};
use rekuest_core::JsonWriter;
use serde_json::Value;

use crate::json::Json;
use crate::peer::now;
use crate::types::{CameraState, Full};
use crate::without_nulls;

/// The ports of a state.
fn ports<T: StateType>() -> Value {
    without_nulls(serde_json::to_value(T::PORTS).expect("ports have JSON"))
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
fn schemas_of_states_are_read_and_are_those_that_are_derived() {
    let file = crate::file("state");
    let known = ["schemas", "bare @state", "transitions", "state_implementation_input"];
    for (part, _) in file.members() {
        assert!(known.contains(&part.as_str()), "{part:?} is not known");
    }
    for (name, schema) in schemas(&file) {
        let said_ports = schema.get("ports").expect("ports").raw();
        let said: Value = serde_json::from_str(said_ports.get()).expect("ports are JSON");
        let read: Vec<PortBuf> = serde_json::from_str(said_ports.get()).expect("ports");
        let written = serde_json::to_value(read).expect("ports have JSON");
        assert_eq!(without_nulls(written), without_nulls(said.clone()), "{name}");
        let (own_name, ours) = match name.as_str() {
            "Full" => (Full::NAME, ports::<Full>()),
            "CameraState" | "CameraState2" => (CameraState::NAME, ports::<CameraState>()),
            other => panic!("no type in Rust is known for the state {other}"),
        };
        assert_eq!(ours, without_nulls(said), "{name}");
        assert!(name.starts_with(own_name), "the name of a state is that of its struct");
    }
}

fn read<T: StateType>(json: &Json) -> T {
    now(T::expand_state(&json.raw(), &Contexts::default())).expect("a value that fits")
}

/// The same value, read and written.
fn through<T: StateType>(json: &Json) -> String {
    let (mut out, contexts) = (JsonWriter::new(), Contexts::default());
    now(read::<T>(json).shrink_state(&mut out, &contexts)).expect("a value that has JSON");
    Json::parse(out.as_str()).expect("JSON").to_string()
}

/// The values of the file, in order, with the patches of Python that lead to each.
fn transitions(file: &Json) -> Vec<(Json, Option<Vec<PatchOperation>>)> {
    let transitions = file.get("transitions").expect("transitions").items().iter();
    let transition = |transition: &Json| {
        let value = transition.get("shrunk").expect("a value").clone();
        let patches = transition
            .get("patches")
            .map(|patches| serde_json::from_str(patches.raw().get()).expect("operations of RFC 6902"));
        (value, patches)
    };
    transitions.map(transition).collect()
}

#[test]
fn values_of_states_are_read_and_written_the_same() {
    let file = crate::file("state");
    for (value, _) in transitions(&file) {
        assert_eq!(through::<Full>(&value), value.to_string());
    }
    let initial = file.get("state_implementation_input").and_then(|state| state.get("initial"));
    let initial = initial.expect("a value");
    assert_eq!(through::<Full>(initial), initial.to_string());
}

fn plain(json: &Json) -> Value {
    serde_json::from_str(json.raw().get()).expect("JSON")
}

#[test]
fn patches_of_python_lead_from_each_value_to_the_next() {
    let file = crate::file("state");
    let transitions = transitions(&file);
    for pair in transitions.windows(2) {
        let (mut value, patches) = (plain(&pair[0].0), pair[1].1.as_ref().expect("patches"));
        json_patch::patch(&mut value, patches).expect("operations that fit");
        assert_eq!(value, plain(&pair[1].0));
    }
}

/// The patches of our own agent, applied by a server.
#[tokio::test]
async fn our_patches_lead_from_each_value_to_the_next() {
    let transitions = transitions(&crate::file("state"));
    let mut values = transitions.iter().map(|(value, _)| value);
    let first: Full = read(values.next().expect("a first value"));
    let server = testing::server().await.expect("a server");
    let app = server.provide(App::new("states").state(first)).await.expect("an app");
    let client = server.client().await.expect("a client");
    let state = app.state::<Full>().expect("the app has it");
    for value in values {
        state.update(|state| *state = read(value));
        assert!(state.publish().await, "the server has it");
        let there = client.state_named("states", "default", "Full").await.expect("the state");
        assert_eq!(there, plain(value));
        assert_eq!(client.state::<Full>("states", "default").await.expect("the state"), *state.read());
    }
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}
