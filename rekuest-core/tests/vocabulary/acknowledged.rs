//! What `connection_ack` says about the server.

use rekuest_core::message::CallerCapabilities;
use serde_json::value::RawValue;

fn read(payload: &str) -> CallerCapabilities {
    CallerCapabilities::from_payload(&RawValue::from_string(payload.to_owned()).expect("JSON"))
}

#[test]
fn what_is_announced_is_read_back() {
    let all = CallerCapabilities::ALL;
    let none = CallerCapabilities::default();
    for capabilities in [all, none, CallerCapabilities { pause: true, ..none }] {
        assert_eq!(read(&capabilities.to_payload().to_string()), capabilities);
    }
    let expected = serde_json::json!({"rekuest": {"capabilities": ["operations", "interrupt", "pause"]}});
    assert_eq!(all.to_payload(), expected);
}

#[test]
fn what_is_not_known_announces_nothing() {
    for payload in ["null", "{}", "5", r#"{"rekuest": null}"#, r#"{"rekuest": {"capabilities": "pause"}}"#] {
        assert_eq!(read(payload), CallerCapabilities::default(), "{payload}");
    }
    let more = read(r#"{"rekuest": {"capabilities": ["dance", "pause", 5]}, "other": 1}"#);
    assert_eq!(more, CallerCapabilities { pause: true, ..CallerCapabilities::default() });
}
