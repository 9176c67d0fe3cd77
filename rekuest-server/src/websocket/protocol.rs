//! The messages of the callers' websocket, in both of its subprotocols.
//!
//! `graphql-transport-ws` is what is spoken here; the older `graphql-ws` says the same with other words, and has no close
//! codes.

use std::borrow::Cow;

use rekuest_core::message::CallerCapabilities;
use serde::Deserialize;
use serde_json::value::RawValue;

/// How a websocket is spoken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subprotocol {
    /// `graphql-transport-ws`.
    Newer,
    /// `graphql-ws`, which the Python client 0.22.0 speaks.
    Older,
}

impl Subprotocol {
    /// Their names, the one that is preferred first.
    pub(crate) const NAMES: [&'static str; 2] = ["graphql-transport-ws", "graphql-ws"];

    /// By its name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "graphql-transport-ws" => Some(Self::Newer),
            "graphql-ws" => Some(Self::Older),
            _ => None,
        }
    }
}

/// A message of a caller.
#[derive(Debug)]
pub(super) enum FromCaller<'m> {
    /// Who it is.
    Init(Option<&'m RawValue>),
    /// An operation is to be executed.
    Start { id: Cow<'m, str>, payload: &'m RawValue },
    /// What an operation tells is not wanted any more.
    Stop { id: Cow<'m, str> },
    /// Asks for a pong.
    Ping,
    /// Needs no answer.
    Pong,
    /// It leaves.
    Terminate,
}

/// Reads a message; the error says what was expected.
pub(super) fn read(text: &str) -> Result<FromCaller<'_>, String> {
    #[derive(Deserialize)]
    struct Message<'m> {
        #[serde(borrow)]
        r#type: Cow<'m, str>,
        #[serde(borrow, default)]
        id: Option<Cow<'m, str>>,
        #[serde(borrow, default)]
        payload: Option<&'m RawValue>,
    }

    let message: Message<'_> =
        serde_json::from_str(text).map_err(|error| format!("expected a JSON object with `type`: {error}"))?;
    let kind = &*message.r#type;
    let missing = |what: &str| format!("expected `{what}` in a message of type `{kind}`");
    Ok(match kind {
        "connection_init" => FromCaller::Init(message.payload),
        "subscribe" | "start" => FromCaller::Start {
            id: message.id.ok_or_else(|| missing("id"))?,
            payload: message.payload.ok_or_else(|| missing("payload"))?,
        },
        "complete" | "stop" => FromCaller::Stop { id: message.id.ok_or_else(|| missing("id"))? },
        "ping" => FromCaller::Ping,
        "pong" => FromCaller::Pong,
        "connection_terminate" => FromCaller::Terminate,
        unknown => return Err(format!("expected a message of a known type, got `{unknown}`")),
    })
}

/// The connection is accepted, and what this server can do; the older subprotocol has no place for that.
pub(super) fn acknowledge(subprotocol: Subprotocol) -> String {
    let payload = match subprotocol {
        Subprotocol::Newer => format!(r#","payload":{}"#, CallerCapabilities::ALL.to_payload()),
        Subprotocol::Older => String::new(),
    };
    format!(r#"{{"type":"connection_ack"{payload}}}"#)
}

/// What an operation tells. `payload` is `{"data", "errors"}` as JSON.
pub(super) fn next(subprotocol: Subprotocol, id: &str, payload: &str) -> String {
    let kind = match subprotocol {
        Subprotocol::Newer => "next",
        Subprotocol::Older => "data",
    };
    let id = json(id);
    format!(r#"{{"id":{id},"type":"{kind}","payload":{payload}}}"#)
}

/// An operation tells nothing more.
pub(super) fn complete(id: &str) -> String {
    format!(r#"{{"id":{},"type":"complete"}}"#, json(id))
}

/// The answer to a ping.
pub(super) fn pong() -> String {
    r#"{"type":"pong"}"#.to_owned()
}

/// What is wrong with the connection, in the older subprotocol.
pub(super) fn connection_error(message: &str) -> String {
    format!(r#"{{"type":"connection_error","payload":{{"message":{}}}}}"#, json(message))
}

fn json(text: &str) -> String {
    // A text always has a JSON.
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_message_is_said() {
        for (text, said) in [
            ("nonsense", "expected a JSON object with `type`"),
            (r#"{"type":"subscribe","payload":{}}"#, "expected `id` in a message of type `subscribe`"),
            (r#"{"type":"subscribe","id":"1"}"#, "expected `payload`"),
            (r#"{"type":"teleport"}"#, "got `teleport`"),
        ] {
            let error = read(text).expect_err("wrong");
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn both_subprotocols_are_read() {
        for kind in ["subscribe", "start"] {
            let text = format!(r#"{{"type":"{kind}","id":"a\"b","payload":{{"query":"q"}}}}"#);
            let Ok(FromCaller::Start { id, payload }) = read(&text) else { panic!("not read: {text}") };
            assert_eq!((&*id, payload.get()), ("a\"b", r#"{"query":"q"}"#));
        }
        assert_eq!(next(Subprotocol::Older, "a\"b", "{}"), r#"{"id":"a\"b","type":"data","payload":{}}"#);
    }
}
