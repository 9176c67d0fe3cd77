//! Every recorded frame, both directions.

use std::collections::BTreeMap;

use rekuest_core::Token;
use rekuest_core::message::{FromAgent, LogLevel, MessageError, ToAgent};
use serde_json::Value;
use serde_json::value::RawValue;

const ID: &str = "00000000-0000-4000-8000-000000000001";

/// Frames that the Python client rejects and we read, and why.
const MORE_LENIENT: [(&str, &str); 7] = [
    ("assign null capture", "null is how other fields say nothing; the work need not be lost over it"),
    ("assign without app", "running does not need to know who calls"),
    ("assign without action", "running does not need the action's hash"),
    ("assign without extension", "there is one extension that everything is in unless said otherwise"),
    ("init without instance_id (2.x server)", "the agent knows its instance; the agent's id is what counts"),
    ("provide (declared type without a message)", "types that are not known are kept, and logged"),
    ("event ack (2.x server)", "types that are not known are kept, and logged"),
];

fn fixture(name: &str) -> BTreeMap<String, Value> {
    let path = format!("{}/../tests/fixtures/vectors/messages/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).expect("the fixture is JSON")
}

/// The frame that each name stands for.
fn frame(name: &str, text: &str) -> FromAgent {
    let assignation = "7".to_owned();
    let progress = |progress, message: Option<&str>| FromAgent::Progress {
        assignation: "7".to_owned(),
        progress,
        message: message.map(str::to_owned),
    };
    match name {
        "Register" => FromAgent::Register { instance_id: "default".to_owned(), token: Token::new("tok") },
        "HeartbeatEvent" => FromAgent::HeartbeatAnswer,
        "ProgressEvent queued" => progress(Some(0), Some("Queued for running")),
        "ProgressEvent no message" => progress(Some(55), None),
        "ProgressEvent empty" => progress(None, None),
        name if name.starts_with("YieldEvent") => {
            let value: BTreeMap<&str, Box<RawValue>> = serde_json::from_str(text).expect("json");
            let returns = value["returns"].clone();
            FromAgent::Yield { assignation, returns: Some(returns).filter(|returns| returns.get() != "null") }
        }
        "DoneEvent" => FromAgent::Done { assignation },
        "ErrorEvent" => FromAgent::Error { assignation, error: "Couldn't expand Arguments".to_owned() },
        "CriticalEvent" => FromAgent::Critical { assignation, error: "boom".to_owned() },
        "LogEvent" => FromAgent::Log { assignation, message: "hi".to_owned(), level: LogLevel::Debug },
        "LogEvent default level" => {
            FromAgent::Log { assignation, message: "hi".to_owned(), level: LogLevel::Info }
        }
        "CancelledEvent" => FromAgent::Cancelled { assignation },
        "InterruptedEvent" => FromAgent::Interrupted { assignation },
        "PausedEvent" => FromAgent::Paused { assignation },
        "ResumedEvent" => FromAgent::Resumed { assignation },
        "SteppedEvent" => FromAgent::Stepped,
        other => panic!("a frame that this test does not know: {other}"),
    }
}

#[test]
fn frames_from_agents_are_written_as_recorded_and_read_back() {
    for (name, vector) in fixture("from_agent") {
        let text = vector["json"].as_str().expect("text");
        let written = frame(&name, text).to_json(ID.parse().expect("uuid"));
        assert_eq!(written, text, "{name}");
        let read = FromAgent::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read.to_json(ID.parse().expect("uuid")), text, "{name}");
    }
}

#[test]
fn frames_to_agents_are_read_as_recorded() {
    let mut lenient = 0;
    for (name, vector) in fixture("to_agent") {
        let parsed = ToAgent::parse(&vector["in"].to_string());
        if let Some((_, reason)) = MORE_LENIENT.iter().find(|(known, _)| *known == name) {
            assert!(
                vector.get("rejected").is_some(),
                "{name} is not rejected by the Python client: {reason}"
            );
            parsed.unwrap_or_else(|error| panic!("{name} should be read, because {reason}: {error}"));
            lenient += 1;
        } else if name == "unknown type" {
            assert!(matches!(parsed, Ok(ToAgent::Unknown { kind }) if kind == "NOPE"));
        } else if vector.get("rejected").is_some() {
            assert!(parsed.is_err(), "{name} is read as {parsed:?}");
        } else {
            let read = parsed.unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_fields(&name, &read, &vector["parsed"]["fields"]);
        }
    }
    assert_eq!(lenient, MORE_LENIENT.len());
}

/// Writing what was read gives every field of the record back, save the id.
fn assert_fields(name: &str, read: &ToAgent, fields: &Value) {
    let written: Value = serde_json::from_str(&read.to_json(ID.parse().expect("uuid"))).expect("json");
    for (field, expected) in fields.as_object().expect("fields") {
        let expected = match field.as_str() {
            "id" => continue,
            // Nothing and no dependencies are the same.
            "dependencies" if expected.is_null() => &serde_json::json!({}),
            // The protocol error of this generation has no type, and its error is a text.
            "type" | "error" if name == "protocol error" => continue,
            _ => expected,
        };
        let same = match (&written[field], expected) {
            (Value::Number(one), Value::Number(two)) => one.as_f64() == two.as_f64(),
            (one, two) => one == two,
        };
        assert!(same, "{name}.{field}: expected {expected}, got {}", written[field]);
    }
}

#[test]
fn the_untyped_protocol_error_is_understood() {
    let frame = r#"{"id": "x", "error": "1 validation error for PROGRESS"}"#;
    match ToAgent::parse(frame) {
        Ok(ToAgent::ProtocolError { error }) => assert_eq!(error, "1 validation error for PROGRESS"),
        other => panic!("got {other:?}"),
    }
}

#[test]
fn a_malformed_assign_says_which_field_and_whose_it_is() {
    let error = ToAgent::parse(r#"{"type": "ASSIGN", "assignation": "7", "interface": 5, "args": {}}"#);
    let error = error.expect_err("the interface is a number");
    assert_eq!(error.to_string(), "ASSIGN.interface: expected a string, got 5");
    assert_eq!(error.assignation(), Some("7"));
}

#[test]
fn what_is_no_object_is_an_error() {
    for text in ["", "[]", "5", "{\"type\":", "\u{0}"] {
        assert!(matches!(ToAgent::parse(text), Err(MessageError::NotAnObject { .. })), "{text}");
        assert!(FromAgent::parse(text).is_err());
    }
}

#[test]
fn servers_read_strictly() {
    let frame = |field: &str| format!(r#"{{"type": "PROGRESS", "assignation": "7", {field}}}"#);
    assert!(FromAgent::parse(&frame(r#""progress": 5"#)).is_ok());
    assert!(FromAgent::parse(&frame(r#""progress": 5.5"#)).is_err());
    let returns = r#"{"type": "YIELD", "assignation": "7", "returns": [1]}"#;
    assert!(FromAgent::parse(returns).is_err());
}

#[test]
fn a_token_is_never_printed() {
    let register = FromAgent::Register { instance_id: "default".to_owned(), token: Token::new("s3cret") };
    assert!(!format!("{register:?}").contains("s3cret"));
    assert!(register.to_json(uuid::Uuid::nil()).contains("s3cret"));
    let local = rekuest_core::local::LocalServer {
        url: "http://127.0.0.1:1".to_owned(),
        secret: "s3cret".to_owned(),
        host: "hello".to_owned(),
        pid: 1,
    };
    assert!(!format!("{local:?} {:?}", local.token("hello")).contains("s3cret"));
}

#[test]
fn local_tokens_name_their_app_and_cannot_be_forged() {
    use rekuest_core::local::{identifier, token};
    let hello = token("secret", "hello");
    assert_eq!(identifier("secret", hello.expose()).as_deref(), Some("hello"));
    let other = token("secret", "größe");
    assert!(other.expose().is_ascii(), "it travels in a header");
    assert_eq!(identifier("secret", other.expose()).as_deref(), Some("größe"));
    assert_eq!(identifier("other secret", hello.expose()), None);
    let (signature, _) = hello.expose().rsplit_once('.').expect("three parts");
    let (_, name) = other.expose().rsplit_once('.').expect("three parts");
    let forged = format!("{signature}.{name}");
    assert_eq!(identifier("secret", &forged), None);
    for nonsense in ["", "local", "local.", "local.zz.hello", "local..hello", "local.0.hello"] {
        assert_eq!(identifier("secret", nonsense), None, "{nonsense}");
    }
}
