//! Definitions as the Python client 0.22 sends them, read, hashed, and said again by functions in Rust.
//!
//! `tests/fixtures/vectors/definitions` holds what was observed: the definition as sent, the text that is hashed, and
//! the hash.

mod functions;

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use rekuest::{DefinitionBuf, Function, Implementation};
use serde_json::Value;
use serde_json::value::RawValue;

/// An object whose members stay as they were written: a [`Value`] would round integers beyond 64 bits.
type Members = HashMap<String, Box<RawValue>>;

/// One observed definition.
struct Vector {
    key: String,
    /// The `ImplementationInput` that was sent.
    wire: Value,
    /// The definition in it.
    definition: DefinitionBuf,
    hash_preimage: String,
    hash: String,
}

/// All that were accepted.
fn vectors() -> Vec<Vector> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vectors/definitions");
    let mut vectors = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder of the vectors") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a vector");
        let vector: Members = serde_json::from_str(&text).expect("a vector is JSON");
        if vector.contains_key("error") {
            continue;
        }
        let text = |field: &str| -> String { serde_json::from_str(vector[field].get()).expect("text") };
        let wire = vector["wire"].get();
        let members: Members = serde_json::from_str(wire).expect("an object");
        let key = text("key");
        let definition = serde_json::from_str(members["definition"].get());
        vectors.push(Vector {
            wire: serde_json::from_str(wire).expect("JSON"),
            definition: definition.unwrap_or_else(|error| panic!("{key}: {error}")),
            hash_preimage: text("hash_preimage"),
            hash: text("hash"),
            key,
        });
    }
    vectors.sort_by(|one, other| one.key.cmp(&other.key));
    assert!(vectors.len() > 40, "{} vectors", vectors.len());
    vectors
}

fn vector(key: &str) -> Vector {
    vectors().into_iter().find(|vector| vector.key == key).expect("the vector of this name")
}

/// The same JSON without nulls: a field that is null and one that is absent mean the same (protocol, section 2).
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, member)| !member.is_null());
            Value::Object(members.map(|(key, member)| (key, without_nulls(member))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        other => other,
    }
}

/// What a registered function sends.
fn sent(implementation: &'static Implementation) -> Value {
    serde_json::to_value(Function::from(implementation)).expect("a definition has JSON")
}

#[test]
fn every_definition_is_read_and_written_the_same() {
    for Vector { key, wire, definition, .. } in vectors() {
        let written = serde_json::to_value(&definition).expect("a definition has JSON");
        assert_eq!(without_nulls(written), without_nulls(wire["definition"].clone()), "{key}");
    }
}

#[test]
fn every_hash_is_that_of_python() {
    for Vector { key, definition, hash_preimage, hash, .. } in vectors() {
        assert_eq!(definition.hash_preimage(), hash_preimage, "{key}");
        assert_eq!(definition.hash(), hash, "{key}");
    }
}

#[test]
fn functions_say_what_their_twins_in_python_say() {
    for (key, implementation) in functions::TWINS {
        let Vector { wire, hash, hash_preimage, .. } = vector(key);
        assert_eq!(without_nulls(sent(implementation)), without_nulls(wire), "{key}");
        let definition = implementation.definition.to_buf().expect("a definition");
        assert_eq!(definition.hash_preimage(), hash_preimage, "{key}");
        assert_eq!(definition.hash(), hash, "{key}");
    }
}

#[test]
fn all_options_say_what_they_say_in_python() {
    // Hashes of tested functions are given by hand there, and interfaces are not known here.
    let Vector { mut wire, hash, .. } = vector("everything");
    let mut said = sent(&functions::everything::IMPLEMENTATION);
    let mut definition = functions::everything::DEFINITION.to_buf().expect("a definition");
    assert_eq!(definition.is_test_for, [functions::add::DEFINITION.to_buf().expect("a definition").hash()]);
    definition.is_test_for = vec!["abc".to_owned(), "def".to_owned()];
    assert_eq!(definition.hash(), hash);
    for implementation in [&mut wire, &mut said] {
        for differing in ["isTestFor", "interfaces"] {
            implementation["definition"].as_object_mut().expect("an object").remove(differing);
        }
    }
    // Python gives the logo to the definition alone.
    assert_eq!(said["logo"], said["definition"]["logo"]);
    wire["logo"] = said["logo"].clone();
    assert_eq!(without_nulls(said), without_nulls(wire));
}

#[test]
fn scalars_are_those_of_python() {
    // Dates have no type here so far.
    let Vector { mut wire, .. } = vector("all_scalars");
    let args = wire["definition"]["args"].as_array_mut().expect("a list");
    args.retain(|port| port["kind"] != "DATE");
    assert_eq!(args.len(), 4);
    assert_eq!(without_nulls(sent(&functions::all_scalars::IMPLEMENTATION)), without_nulls(wire));
}

#[test]
fn every_function_is_registered_once() {
    let registry = rekuest::Registry::linked().expect("no interface is given twice");
    assert_eq!(registry.len(), functions::TWINS.len() + 2);
}
