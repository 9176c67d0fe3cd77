//! The messages of `graphql-transport-ws`, as far as one subscription, and operations beside it, need them (protocol,
//! section 3).

use rekuest_core::Token;
use rekuest_core::message::CallerCapabilities;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::graphql::{Answer, Body, ErrorMessage, Operation, field};

/// The name of the subprotocol.
pub(super) const SUBPROTOCOL: &str = "graphql-transport-ws";

/// The id of the one subscription of a socket.
const SUBSCRIPTION: &str = "1";

/// A message from the server.
#[derive(Debug)]
pub(super) enum FromServer<D> {
    /// The connection is accepted; a wrong token is not noticed yet.
    Acknowledged(CallerCapabilities),
    /// Something was told.
    Next(Box<D>),
    /// Something was told that cannot be used: the subscription goes on, what it was about is lost.
    Unusable(String),
    /// What became of an operation beside the subscription.
    Answered {
        /// Which.
        id: u64,
        /// What the server says.
        payload: Box<RawValue>,
        /// Whether it is a list of errors.
        failed: bool,
    },
    /// The subscription has failed.
    Failed(Vec<ErrorMessage>),
    /// The subscription has ended.
    Complete,
    /// Asks for a pong.
    Ping,
    /// Anything that needs no answer.
    Other,
}

/// The first message: the token travels in it alone.
pub(super) fn connection_init(token: &Token) -> String {
    #[derive(Serialize)]
    struct Payload<'t> {
        token: &'t str,
    }

    message("connection_init", None, Some(&Payload { token: token.expose() }))
}

/// Subscribes to what an operation asks for.
pub(super) fn subscribe<O: Operation>(operation: &O) -> String {
    message("subscribe", Some(SUBSCRIPTION), Some(&Body(operation)))
}

/// An operation beside the subscription, of what its body is.
pub(super) fn operation(id: u64, body: &str) -> String {
    format!(r#"{{"id":"{id}","type":"subscribe","payload":{body}}}"#)
}

/// The answer to a ping.
pub(super) fn pong() -> String {
    message::<()>("pong", None, None)
}

fn message<P: Serialize>(kind: &str, id: Option<&str>, payload: Option<&P>) -> String {
    #[derive(Serialize)]
    struct Message<'m, P> {
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<&'m str>,
        r#type: &'m str,
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<&'m P>,
    }

    // Strings and structs of strings, as the variables of subscriptions are, always have a JSON.
    serde_json::to_string(&Message { id, r#type: kind, payload }).unwrap_or_default()
}

/// Reads a message on a socket with this subscription; none if it is not one.
pub(super) fn read<O: Operation>(text: &str) -> Option<FromServer<O::Data>> {
    #[derive(Deserialize)]
    struct Message<'m> {
        #[serde(borrow)]
        r#type: std::borrow::Cow<'m, str>,
        #[serde(borrow, default)]
        id: Option<std::borrow::Cow<'m, str>>,
        #[serde(borrow, default)]
        payload: Option<&'m RawValue>,
    }

    let message: Message<'_> = serde_json::from_str(text).ok()?;
    let payload = message.payload.unwrap_or(RawValue::NULL);
    if let Some(id) = message.id.filter(|id| id != SUBSCRIPTION) {
        let failed = message.r#type == "error";
        return Some(match id.parse() {
            Ok(id) if failed || message.r#type == "next" => {
                FromServer::Answered { id, payload: payload.to_owned(), failed }
            }
            _ => FromServer::Other,
        });
    }
    Some(match &*message.r#type {
        "connection_ack" => FromServer::Acknowledged(CallerCapabilities::from_payload(payload)),
        "next" => next::<O>(payload),
        "error" => FromServer::Failed(errors(payload)),
        "complete" => FromServer::Complete,
        "ping" => FromServer::Ping,
        _ => FromServer::Other,
    })
}

fn next<O: Operation>(payload: &RawValue) -> FromServer<O::Data> {
    let answer: Answer<'_> = match serde_json::from_str(payload.get()) {
        Ok(answer) => answer,
        Err(error) => return FromServer::Unusable(error.to_string()),
    };
    let errors = answer.errors.unwrap_or_default();
    let data = answer.data.filter(|data| data.get() != "null");
    match data.map(|data| field(data, O::NAME, O::FIELD)) {
        Some(Ok(told)) => FromServer::Next(Box::new(told)),
        _ if !errors.is_empty() => FromServer::Failed(errors),
        Some(Err(error)) => FromServer::Unusable(error.to_string()),
        None => FromServer::Unusable("there is neither data nor an error".to_owned()),
    }
}

/// The errors of an `error` message: a list, or from some servers a single one.
pub(crate) fn errors(payload: &RawValue) -> Vec<ErrorMessage> {
    let several: Result<Vec<ErrorMessage>, _> = serde_json::from_str(payload.get());
    several.or_else(|_| serde_json::from_str(payload.get()).map(|one| vec![one])).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::operations::{AssignationChange, Assignations, EventKind, StateUpdateEvents};

    fn read(text: &str) -> Option<FromServer<AssignationChange>> {
        super::read::<Assignations<'_>>(text)
    }

    #[test]
    fn what_is_sent_is_as_the_protocol_says() {
        assert_eq!(
            connection_init(&Token::new("t")),
            r#"{"type":"connection_init","payload":{"token":"t"}}"#
        );
        assert_eq!(pong(), r#"{"type":"pong"}"#);
        let subscribe: serde_json::Value =
            serde_json::from_str(&subscribe(&Assignations { instance_id: "default" })).expect("json");
        assert_eq!(subscribe["type"], "subscribe");
        assert_eq!(subscribe["payload"]["query"], Assignations::DOCUMENT);
        assert_eq!(subscribe["payload"]["variables"], serde_json::json!({"instanceId": "default"}));
    }

    #[test]
    fn an_event_is_read_with_its_returns_as_they_are() {
        let text = r#"{"type":"next","id":"1","payload":{"data":{"assignations":{"create":null,"event":
            {"id":"2","kind":"YIELD","returns":{"return0": 9.0},"reference":"r","message":null,"progress":null}}}}}"#;
        let Some(FromServer::Next(change)) = read(text) else { panic!("not read: {:?}", read(text)) };
        let event = change.event.expect("an event");
        assert_eq!(event.kind, EventKind::Yield);
        assert_eq!(event.returns.expect("returns").get(), r#"{"return0": 9.0}"#);
    }

    #[test]
    fn another_subscription_is_read_as_what_it_tells() {
        let text =
            r#"{"type":"next","payload":{"data":{"stateUpdateEvents":{"id":"1","value":{"x": 5.0}}}}}"#;
        let Some(FromServer::Next(state)) = super::read::<StateUpdateEvents<'_>>(text) else {
            panic!("not read")
        };
        assert_eq!(state.value.get(), r#"{"x": 5.0}"#);
        assert!(matches!(read(text), Some(FromServer::Unusable(_))));
    }

    #[test]
    fn kinds_and_levels_of_later_servers_are_read() {
        let text = r#"{"type":"next","payload":{"data":{"assignations":{"event":
            {"id":"2","kind":"TELEPORTED","level":"LOUD"}}}}}"#;
        let Some(FromServer::Next(change)) = read(text) else { panic!("not read") };
        let event = change.event.expect("an event");
        assert_eq!((event.kind, event.level), (EventKind::Unknown, None));
    }

    #[test]
    fn errors_come_in_three_shapes() {
        for text in [
            r#"{"type":"error","id":"1","payload":[{"message":"no"}]}"#,
            r#"{"type":"error","id":"1","payload":{"message":"no"}}"#,
            r#"{"type":"next","id":"1","payload":{"data":null,"errors":[{"message":"no"}]}}"#,
        ] {
            let Some(FromServer::Failed(errors)) = read(text) else { panic!("not read: {text}") };
            assert_eq!(errors[0].message, "no");
        }
    }

    #[test]
    fn what_is_no_message_is_told_apart_from_an_unknown_one() {
        assert!(read("nonsense").is_none());
        assert!(matches!(read(r#"{"type":"later"}"#), Some(FromServer::Other)));
        assert!(matches!(
            read(r#"{"type":"next","payload":{"data":{"assignations":5}}}"#),
            Some(FromServer::Unusable(_))
        ));
    }
}
