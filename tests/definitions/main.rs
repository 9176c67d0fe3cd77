//! Definitions as the Python client 0.22 sends them, read, hashed, and said again by functions in Rust.
//!
//! `tests/fixtures/vectors/definitions` holds what was observed: the definition as sent, the text that is hashed, and
//! the hash.

mod annotated;
mod functions;
mod twins;
mod typed;

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use rekuest::{DefinitionBuf, Function, Implementation};
use serde_json::Value;
use serde_json::value::RawValue;

use twins::{ALTERED, Altered, REFUSED, TWINS};

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

/// What was observed, by its name: none for what was refused.
fn observed() -> Vec<(String, Option<Vector>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vectors/definitions");
    let mut observed = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder of the vectors") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let text = fs::read_to_string(path).expect("a vector");
        let vector: Members = serde_json::from_str(&text).expect("a vector is JSON");
        let accepted = !vector.contains_key("error");
        observed.push((name, accepted.then(|| read(&vector))));
    }
    observed.sort_by(|(one, _), (other, _)| one.cmp(other));
    observed
}

fn read(vector: &Members) -> Vector {
    let text = |field: &str| -> String { serde_json::from_str(vector[field].get()).expect("text") };
    let wire = vector["wire"].get();
    let members: Members = serde_json::from_str(wire).expect("an object");
    let key = text("key");
    let definition = serde_json::from_str(members["definition"].get());
    Vector {
        wire: serde_json::from_str(wire).expect("JSON"),
        definition: definition.unwrap_or_else(|error| panic!("{key}: {error}")),
        hash_preimage: text("hash_preimage"),
        hash: text("hash"),
        key,
    }
}

/// All that were accepted.
fn vectors() -> Vec<Vector> {
    observed().into_iter().filter_map(|(_, vector)| vector).collect()
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
    for (key, implementation) in TWINS {
        let Vector { wire, hash, hash_preimage, .. } = vector(key);
        assert_eq!(without_nulls(sent(implementation)), without_nulls(wire), "{key}");
        let definition = implementation.definition.to_buf().expect("a definition");
        assert_eq!(definition.hash_preimage(), hash_preimage, "{key}");
        assert_eq!(definition.hash(), hash, "{key}");
    }
}

#[test]
fn functions_with_one_part_altered_say_the_rest_of_what_their_twins_say() {
    for Altered { key, implementation, why, ours } in ALTERED {
        let Vector { wire, .. } = vector(key);
        let mut altered = wire.clone();
        ours(&mut altered);
        assert_ne!(without_nulls(altered.clone()), without_nulls(wire), "{key} says the same, but {why}");
        assert_eq!(without_nulls(sent(implementation)), without_nulls(altered.clone()), "{key}");
        let altered: DefinitionBuf =
            serde_json::from_value(altered["definition"].take()).expect("a definition");
        let definition = implementation.definition.to_buf().expect("a definition");
        assert_eq!(definition.hash(), altered.hash(), "{key}");
    }
}

#[test]
fn a_function_with_a_state_has_the_hash_that_python_registers() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vectors/definitions/with_locals.json");
    let text = fs::read_to_string(path).expect("the vector");
    let vector: Value = serde_json::from_str(&text).expect("a vector is JSON");
    let definition = functions::with_locals::DEFINITION.to_buf().expect("a definition");
    assert_eq!(vector["stateful_when_registered"], true);
    assert_eq!(vector["hash_when_registered"], definition.hash());
}

#[test]
#[allow(clippy::print_stdout, reason = "what has no function yet is no mistake, but worth knowing")]
fn every_function_and_reason_has_its_vector() {
    let (mut said, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for (name, vector) in observed() {
        match vector {
            Some(Vector { key, .. }) => assert!(said.insert(key), "{name} is there twice"),
            None => assert!(refused.insert(name)),
        }
    }
    let twins = TWINS.iter().map(|(key, _)| *key).chain(ALTERED.iter().map(|altered| altered.key));
    let twins: BTreeSet<_> = twins.map(str::to_owned).collect();
    assert!(twins.is_subset(&said), "a function says a definition that is not there: {twins:?}");
    for key in said.difference(&twins) {
        println!("{key}: read and hashed, and said by no function in Rust");
    }
    let reasons: BTreeSet<_> = REFUSED.iter().map(|(key, _)| (*key).to_owned()).collect();
    assert!(reasons.is_subset(&refused), "a reason for what Python does not refuse: {reasons:?}");
}

#[test]
fn every_function_is_registered_once() {
    let registry = rekuest::Registry::linked().expect("no interface is given twice");
    assert_eq!(registry.len(), TWINS.len() + ALTERED.len());
}
