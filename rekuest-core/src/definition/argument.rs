//! What a registered function says about its parameters, and where it is checked which of them have a port.
//!
//! A macro cannot look into types. It knows what the agent injects by the name of the type alone, and what it took for
//! the one or the other is checked here, when the program is compiled.

use crate::port::{DefaultFn, Port};

/// What is said about an argument.
#[derive(Debug, Clone, Copy)]
pub struct ArgumentParts {
    /// The key of its port.
    pub key: &'static str,
    /// What forms show in place of the key.
    pub label: Option<&'static str>,
    /// What it is.
    pub description: Option<&'static str>,
    /// Its default, which makes the port nullable.
    pub default: Option<DefaultFn>,
}

/// The port of an argument, of a type with this one. Fails to compile for a type that the agent injects: its name did
/// not say so.
#[track_caller]
pub const fn argument(port: Option<Port>, parts: ArgumentParts) -> Port {
    match port {
        Some(port) => port.of_argument(parts),
        None => panic!(
            "this type has no port: it is injected by the agent, which is known by the name of the type alone; write it \
             under its own name, `Task`"
        ),
    }
}

/// Fails to compile, with this message, where what is taken for injected has a port.
#[track_caller]
pub const fn injected(port: Option<Port>, message: &'static str) {
    assert!(port.is_none(), "{}", message);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PortType as _;

    const PARTS: ArgumentParts = ArgumentParts {
        key: "exposure",
        label: Some("Exposure"),
        description: Some("in seconds"),
        default: None,
    };

    #[test]
    fn what_is_said_of_a_port_is_kept() {
        let port = argument(Some(i64::PORT), PARTS);
        assert_eq!(
            serde_json::to_value(port).expect("a port has JSON")["description"],
            serde_json::json!("in seconds")
        );
        assert_eq!(port.key(), "exposure");
    }

    #[test]
    #[should_panic(expected = "write it under its own name")]
    fn an_argument_has_a_port() {
        let _ = argument(None, PARTS);
    }

    #[test]
    #[should_panic(expected = "another name")]
    fn what_is_injected_has_no_port() {
        injected(None, "it has none");
        injected(Some(i64::PORT), "another name");
    }
}
