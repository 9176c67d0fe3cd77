//! Values as the Python client 0.22.0 reads and writes them, against the same in Rust.
//!
//! `tests/fixtures/vectors/values` holds what was observed: arguments into an agent, returns out of it, arguments from
//! a caller, returns at a caller. Every file in it is read, every vector run through the code that `#[register]` and the
//! derives generate. Where we differ on purpose, [`exceptions`] says so; everything else is the same.

mod exceptions;
mod json;
mod labels;
mod multi;
mod peer;
mod properties;
mod state;
mod tagged;
mod twins;
mod types;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use exceptions::{Exception, PORT_EXCEPTIONS, exceptions};
use json::Json;
use labels::{LABELS, Label};
use peer::{Asker, run};
use tagged::Tagged;

/// A vector, for a type in Rust.
pub(crate) struct Case {
    /// Which way the value goes, like the files: `actor_expand`, `actor_shrink`, `postman_shrink`, `postman_expand`.
    pub(crate) direction: &'static str,
    /// The label, and what stands for it.
    pub(crate) label: &'static Label,
    /// What comes in as JSON, of what is read. None where it is missing.
    pub(crate) json: Option<Json>,
    /// What goes out, of what is sent. None where it is left out.
    pub(crate) value: Option<Tagged>,
    /// What Python makes of it: a displayed value, or JSON. None where it refuses.
    pub(crate) python: Option<String>,
}

/// What Rust makes of a vector.
enum Outcome {
    /// A displayed value, or JSON.
    Is(String),
    /// An error, with its message.
    Refused(String),
    /// A program that tries does not compile.
    DoesNotApply,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vectors/values")
}

/// The content of every file, by its name without the extension.
fn files() -> Vec<(String, Json)> {
    let entries = fs::read_dir(folder()).expect("the folder of the vectors");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<(String, Json)> = paths
        .map(|path| {
            let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
            let text = fs::read_to_string(path).expect("a text");
            let content = Json::parse(&text).unwrap_or_else(|| panic!("{name} is no JSON"));
            (name, content)
        })
        .collect();
    files.sort_by(|(one, _), (other, _)| one.cmp(other));
    files
}

/// The groups of a file of single values; none of one about several values or states, which are tested beside this.
fn groups<'a>(file: &str, content: &'a Json) -> &'a [Json] {
    let first = content.items().first().unwrap_or(content);
    match (first.get("vectors"), first.get("op"), first.get("schemas")) {
        (Some(_), _, _) => content.items(),
        (None, Some(_), _) | (None, None, Some(_)) => &[],
        (None, None, None) => panic!("{file} holds vectors of a kind that is not known"),
    }
}

/// One file, by its name.
fn file(name: &str) -> Json {
    files().into_iter().find(|(file, _)| file == name).expect("the file of this name").1
}

/// The types for the label of a group; a label without any fails the test.
fn labels(group: &Json) -> impl Iterator<Item = &'static Label> {
    let label = group.get("type").and_then(Json::text).expect("a label").to_owned();
    assert!(LABELS.iter().any(|known| known.label == label), "no type in Rust is known for {label:?}");
    LABELS.iter().filter(move |known| known.label == label)
}

/// The cases of a group: each of its vectors for each type.
fn cases(group: &Json) -> Vec<Case> {
    let vectors = group.get("vectors").expect("vectors").items();
    let each = |label: &'static Label| {
        vectors.iter().map(move |vector| case(direction(group, vector), label, vector))
    };
    labels(group).flat_map(each).collect()
}

/// Which way a vector goes, by the key of its port and by what it says.
fn direction(group: &Json, vector: &Json) -> &'static str {
    let key = group.get("port").and_then(|port| port.get("key")).and_then(Json::text);
    match (key, vector.get("args").or(vector.get("returns"))) {
        (Some("x"), Some(_)) => "actor_expand",
        (Some("x"), None) => "postman_shrink",
        (Some("return0"), Some(_)) => "postman_expand",
        (Some("return0"), None) => "actor_shrink",
        (key, _) => panic!("a port has the key {key:?}"),
    }
}

fn case(direction: &'static str, label: &'static Label, vector: &Json) -> Case {
    let json = vector.get("args").and_then(|args| args.get("x"));
    let json = json.or_else(|| vector.get("returns").and_then(|returns| returns.get("return0")));
    let tagged = |json: &Json| Tagged::read(json).unwrap_or_else(|| panic!("{json} has an unknown tag"));
    let expands = direction.ends_with("expand");
    let python = match (vector.get("error"), vector.get("json"), vector.get("ok")) {
        (Some(_), _, _) => None,
        (None, Some(text), _) => {
            let text = text.text().expect("the exact text");
            Some(Json::parse(text).map_or_else(|| text.to_owned(), |json| json.sorted().to_string()))
        }
        (None, None, Some(ok)) if expands => Some(tagged(ok).to_string()),
        (None, None, Some(ok)) => Some(ok.clone().sorted().to_string()),
        (None, None, None) => panic!("a vector of {direction} says neither ok nor error"),
    };
    let value = vector.get("value").map(tagged);
    Case { direction, label, json: json.cloned(), value, python }
}

impl Case {
    fn outcome(&self) -> Outcome {
        let label = self.label;
        let object = |key: &str, value: &Option<Json>| {
            Json::Object(value.iter().map(|value| (key.to_owned(), value.clone())).collect()).raw()
        };
        let read = |returns: &serde_json::value::RawValue| Json::of(returns).sorted().to_string();
        let result = match self.direction {
            "actor_expand" => {
                let returns = run(label.take, object("x", &self.json)).map_err(|failure| failure.to_string());
                returns.map(|returns| {
                    let returns = Json::of(&returns);
                    returns.get("return0").and_then(Json::text).expect("a displayed value").to_owned()
                })
            }
            "postman_expand" => (label.receive)(&Asker::getting(object("return0", &self.json))),
            "actor_shrink" => {
                let value = self.value.as_ref().expect("a value that is returned");
                if !(label.holds)(value) {
                    return Outcome::DoesNotApply;
                }
                let tagged =
                    Json::Object(vec![("tagged".to_owned(), Json::Text(value.to_json().to_string()))]);
                run(label.give, tagged.raw())
                    .map(|returns| read(&returns))
                    .map_err(|failure| failure.to_string())
            }
            "postman_shrink" => {
                let asker = Asker::getting(object("return0", &Some(Json::Text(String::new()))));
                match (label.send)(&asker, self.value.as_ref()) {
                    None => return Outcome::DoesNotApply,
                    Some(sent) => sent.map(|()| read(&asker.sent().expect("a call that was made"))),
                }
            }
            other => panic!("{other} is no direction"),
        };
        match result {
            Ok(is) => Outcome::Is(is),
            Err(message) => Outcome::Refused(message),
        }
    }

    fn shown(&self) -> String {
        let Label { label, twin, .. } = self.label;
        let input = match (&self.json, &self.value) {
            (Some(json), _) => json.to_string(),
            (_, Some(value)) => value.to_string(),
            (None, None) => "nothing".to_owned(),
        };
        format!("{}, {label} ({twin}), {input}", self.direction)
    }
}

/// Whether the outcome is what it has to be, with the exceptions that are used; says what is wrong.
fn check(case: &Case, outcome: &Outcome, used: &mut [usize]) -> Result<(), String> {
    let Case { python, .. } = case;
    let ours = match outcome {
        Outcome::Is(is) => Ok(is.as_str()),
        Outcome::Refused(message) => Err(message.as_str()),
        Outcome::DoesNotApply => return Ok(()),
    };
    let mut excepted = Vec::new();
    for (index, exception) in exceptions().enumerate() {
        if let Some(expected) = exception.excepted(case) {
            used[index] += 1;
            excepted.push((exception.rule, expected));
        }
    }
    let (rule, expected) = match excepted.as_slice() {
        [] => ("Python", python),
        [(rule, expected), others @ ..] if others.iter().all(|(_, other)| other == expected) => {
            (*rule, expected)
        }
        several => return Err(format!("{}: exceptions that disagree: {several:?}", case.shown())),
    };
    match (expected, ours) {
        (Some(expected), Ok(ours)) if expected == ours => Ok(()),
        (None, Err(_)) => Ok(()),
        _ => Err(format!("{}: {rule:?} {expected:?}, Rust {ours:?}", case.shown())),
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "what is told about the exceptions is for whoever runs the test")]
fn every_value_is_that_of_python_but_for_the_exceptions() {
    let mut used = vec![0; exceptions().count()];
    let (mut mistakes, mut checked, mut not_applying) = (Vec::new(), 0, 0);
    for (file, content) in files() {
        for case in groups(&file, &content).iter().flat_map(cases) {
            let outcome = case.outcome();
            match outcome {
                Outcome::DoesNotApply => not_applying += 1,
                _ => checked += 1,
            }
            mistakes.extend(check(&case, &outcome, &mut used).err());
        }
    }
    assert!(mistakes.is_empty(), "{} mistakes:\n{}", mistakes.len(), mistakes.join("\n"));
    println!("{checked} values checked, {not_applying} that no program in Rust can try");
    println!("{} of them differ on purpose, by {} exceptions:", used.iter().sum::<usize>(), used.len());
    for (Exception { rule, why, .. }, used) in exceptions().zip(&used) {
        println!("  {used:3}  {rule}: {why}");
        assert!(*used > 0, "no vector needs the exception {rule:?}");
    }
}

/// The same JSON without nulls, which mean the same as absent fields (protocol, section 2).
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

#[test]
fn every_port_is_that_of_python_but_for_the_exceptions() {
    let mut used = vec![false; PORT_EXCEPTIONS.len()];
    for (file, content) in files() {
        for group in groups(&file, &content) {
            let said = group.get("port").expect("a port").raw();
            let said: Value = serde_json::from_str(said.get()).expect("a port is JSON");
            let key = said["key"].as_str().expect("a key").to_owned();
            for label in labels(group) {
                let mut python = without_nulls(said.clone());
                for (index, exception) in PORT_EXCEPTIONS.iter().enumerate() {
                    if exception.label == label.label && exception.key == key {
                        (exception.ours)(&mut python);
                        used[index] = true;
                    }
                }
                let ours = ours(label, &key);
                assert_eq!(ours, python, "{file}, {} ({}), {key}", label.label, label.twin);
            }
        }
    }
    for (exception, used) in PORT_EXCEPTIONS.iter().zip(used) {
        assert!(
            used,
            "no port needs the exception of {}, {}: {}",
            exception.label, exception.key, exception.why
        );
    }
}

/// The port of a label, without nulls.
fn ours(label: &Label, key: &str) -> Value {
    let function = if key == "x" { label.take } else { label.give };
    let definition = function.definition.to_buf().expect("a definition");
    let ports = if key == "x" { definition.args } else { definition.returns };
    let port = ports.iter().find(|port| port.key == key).expect("the port of this key");
    without_nulls(serde_json::to_value(port).expect("a port has JSON"))
}
