//! [`Argument`]: a parameter of a registered function, as its definition sees it.

use crate::port::{Annotations, DefaultFn, Port};

/// A parameter: a port, or something that the agent injects and nobody else sees. Which of them is known to its type
/// alone, when the program is compiled.
#[derive(Debug, Clone, Copy)]
pub struct Argument(Option<Port>);

/// What is said about a parameter. What is injected may be described too, for who reads the source.
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

impl Argument {
    /// The parameter that these parts say, of a type with this port or with none. Fails to compile where what is
    /// injected has a default.
    #[track_caller]
    pub const fn of(port: Option<Port>, parts: ArgumentParts) -> Self {
        match port {
            Some(port) => Self(Some(port.of_argument(parts))),
            None => match parts.default {
                Some(_) => panic!("this parameter is injected by the agent, so it cannot have a default"),
                None => Self(None),
            },
        }
    }

    /// The same parameter with what is said about it. Fails to compile for what is injected, and where it makes no sense
    /// for the port.
    #[must_use]
    #[track_caller]
    pub const fn annotated(self, annotations: &'static Annotations) -> Self {
        match self.0 {
            Some(port) => Self(Some(port.annotated(annotations))),
            None => panic!("this parameter is injected by the agent, so nobody is asked for it"),
        }
    }

    /// The port, if it has one.
    pub const fn port(&self) -> Option<Port> {
        self.0
    }
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
        let port = Argument::of(Some(i64::PORT), PARTS).port().expect("it has a port");
        assert_eq!(
            serde_json::to_value(port).expect("a port has JSON")["description"],
            serde_json::json!("in seconds")
        );
        assert_eq!(port.key(), "exposure");
    }

    #[test]
    fn what_is_injected_may_be_described_and_has_no_port() {
        assert!(Argument::of(None, PARTS).port().is_none());
    }

    #[test]
    #[should_panic(expected = "cannot have a default")]
    fn what_is_injected_has_no_default() {
        let default: DefaultFn = || crate::arguments::default_json(1);
        let _ = Argument::of(None, ArgumentParts { default: Some(default), ..PARTS });
    }
}
