//! Why a websocket is closed, in the words and codes of the protocol (section 4).

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message};
use futures_util::{Sink, SinkExt as _, Stream, StreamExt as _};

/// How long the closing handshake may take.
const GOODBYE: Duration = Duration::from_millis(500);

/// How long one message may take to be written before its reader counts as dead.
pub(crate) const WRITING: Duration = Duration::from_secs(30);

/// A close code and its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Close {
    pub(crate) code: u16,
    pub(crate) reason: String,
}

impl Close {
    fn new(code: u16, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }

    pub(crate) fn server_stops() -> Self {
        Self::new(1001, "the server stops")
    }

    /// A subscription has missed something; the client comes back and asks for what it missed.
    pub(crate) fn too_slow() -> Self {
        Self::new(1013, "the subscription was too far behind: subscribe again")
    }

    pub(crate) fn heartbeat_missed() -> Self {
        Self::new(3001, "a heartbeat was not answered in time")
    }

    pub(crate) fn not_json() -> Self {
        Self::new(3002, "expected a frame of JSON")
    }

    /// The reason is in the frame before it, if the peer may know it.
    pub(crate) fn not_understood(reason: impl Into<String>) -> Self {
        Self::new(3003, reason)
    }

    pub(crate) fn blocked() -> Self {
        Self::new(4003, "this agent is blocked")
    }

    pub(crate) fn displaced() -> Self {
        Self::new(4005, "another connection holds this agent")
    }

    pub(crate) fn no_subprotocol() -> Self {
        Self::new(4406, "expected the subprotocol graphql-transport-ws or graphql-ws")
    }

    /// The reason says what was expected.
    pub(crate) fn not_a_message(reason: impl Into<String>) -> Self {
        Self::new(4400, reason)
    }

    pub(crate) fn not_initialised() -> Self {
        Self::new(4401, "expected connection_init before any operation")
    }

    pub(crate) fn subscriber_exists(id: &str) -> Self {
        Self::new(4409, format!("Subscriber for {id} already exists"))
    }

    pub(crate) fn initialised_twice() -> Self {
        Self::new(4429, "expected connection_init once")
    }

    fn message(self) -> Message {
        // A close frame holds 125 bytes, two of them the code.
        let end = (0..=self.reason.len().min(120)).rev().find(|end| self.reason.is_char_boundary(*end));
        let reason = self.reason[..end.unwrap_or_default()].to_owned();
        Message::Close(Some(CloseFrame { code: self.code, reason: reason.into() }))
    }
}

/// Closes a websocket and reads on until the peer has answered: a socket that is dropped with unread input takes the
/// close frame with it.
pub(crate) async fn say_goodbye(
    sink: &mut (impl Sink<Message> + Unpin),
    stream: &mut (impl Stream<Item = Result<Message, axum::Error>> + Unpin),
    close: Close,
) {
    let goodbye = async {
        if sink.send(close.message()).await.is_ok() {
            while let Some(Ok(_)) = stream.next().await {}
        }
    };
    // A peer that does not answer is left.
    let _ = tokio::time::timeout(GOODBYE, goodbye).await;
}
