//! What INIT says about the server.

use rekuest_core::message::{Capabilities, Init, ToAgent};

fn read(announced: &str) -> Capabilities {
    let frame = format!(r#"{{"type": "INIT", "agent": "1", "inquiries": []{announced}}}"#);
    match ToAgent::parse(&frame) {
        Ok(ToAgent::Init(init)) => init.capabilities,
        other => panic!("{announced}: {other:?}"),
    }
}

fn written(capabilities: Capabilities) -> serde_json::Value {
    let init = Init { instance_id: None, agent: "1".to_owned(), inquiries: Vec::new(), capabilities };
    serde_json::from_str(&ToAgent::Init(init).to_json(uuid::Uuid::nil())).expect("JSON")
}

#[test]
fn what_is_announced_is_read_back() {
    for capabilities in [
        Capabilities::ALL,
        Capabilities { pause: true, ..Capabilities::NONE },
        Capabilities { interrupt: true, ..Capabilities::NONE },
        Capabilities { unpaced: true, ..Capabilities::NONE },
    ] {
        let frame = ToAgent::parse(&written(capabilities).to_string());
        assert!(matches!(frame, Ok(ToAgent::Init(init)) if init.capabilities == capabilities));
    }
    let all = written(Capabilities::ALL);
    assert_eq!(all["capabilities"], serde_json::json!(["pause", "interrupt", "unpaced"]));
}

#[test]
fn a_server_that_announces_nothing_takes_nothing_more() {
    for nothing in ["", r#","capabilities":null"#, r#","capabilities":[]"#] {
        assert_eq!(read(nothing), Capabilities::NONE, "{nothing}");
    }
    assert!(written(Capabilities::NONE).get("capabilities").is_none());
}

#[test]
fn words_that_are_not_known_are_ignored() {
    assert_eq!(
        read(r#","capabilities":["dance","pause",5,null]"#),
        Capabilities { pause: true, ..Capabilities::NONE }
    );
    for no_list in [r#""pause""#, r#"{"pause":true}"#, "5"] {
        assert_eq!(read(&format!(r#","capabilities":{no_list}"#)), Capabilities::NONE, "{no_list}");
    }
}
