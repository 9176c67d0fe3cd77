//! The callers' websocket `/graphql`: subscriptions, and also queries and mutations (protocol, section 3).
//!
//! The token comes in `connection_init`. A wrong one is acknowledged all the same; the error comes with each operation.
//! The acknowledgement says what this server can do beyond the observed one, see [`CallerCapabilities`].

use async_graphql::Data;
use async_graphql::http::{WebSocket as Operations, WebSocketProtocols as Protocols, WsMessage};
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket};
use futures_util::{FutureExt as _, Sink, SinkExt as _, Stream, StreamExt as _};
use rekuest_core::message::CallerCapabilities;
use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::close::{Close, WRITING, say_goodbye};
use crate::connections::Open;
use crate::graphql::{Caller, Lagged, OlderProtocol};
use crate::http::App;

/// How many messages are written between flushes.
const BATCH: usize = 64;

/// Serves one caller until either side closes.
pub(crate) async fn serve(app: App, mut open: Open, socket: WebSocket, protocol: Option<Protocols>) {
    let (mut writer, mut reader) = socket.split();
    let Some(protocol) = protocol else {
        return say_goodbye(&mut writer, &mut reader, Close::no_subprotocol()).await;
    };
    let lagged = Lagged::default();
    let close = tokio::select! {
        close = operate(app, protocol, lagged.clone(), &mut reader, &mut writer) => close,
        () = lagged.0.notified() => Some(Close::too_slow()),
        () = open.stopped() => Some(Close::server_stops()),
    };
    if let Some(close) = close {
        say_goodbye(&mut writer, &mut reader, close).await;
    }
}

/// Executes what comes in and writes what comes of it, until the caller is gone or did what it must not.
async fn operate(
    app: App,
    protocol: Protocols,
    lagged: Lagged,
    reader: &mut (impl Stream<Item = Result<Message, axum::Error>> + Unpin),
    writer: &mut (impl Sink<Message> + Unpin),
) -> Option<Close> {
    let texts = reader.filter_map(|message| {
        std::future::ready(match message {
            Ok(Message::Text(text)) => Some(Bytes::from(text)),
            _ => None,
        })
    });
    let schema = app.schema.clone();
    let mut operations = Operations::new(schema, texts, protocol).on_connection_init(async move |payload| {
        let token = payload.get("token").and_then(Value::as_str);
        let mut data = Data::default();
        data.insert(Caller(token.and_then(|token| app.registry_of(token))));
        data.insert(lagged);
        if protocol == Protocols::SubscriptionsTransportWS {
            data.insert(OlderProtocol);
        }
        Ok(data)
    });
    // The older subprotocol has no place for what is announced.
    let mut announced = protocol == Protocols::SubscriptionsTransportWS;
    let mut unflushed = 0;
    loop {
        let message = match operations.next().now_or_never() {
            Some(message) if unflushed < BATCH => message,
            // Nothing more to write, or enough.
            ready => {
                if unflushed > 0 && !within(writer.flush()).await {
                    return None;
                }
                unflushed = 0;
                match ready {
                    Some(message) => message,
                    None => operations.next().await,
                }
            }
        };
        let text = match message? {
            WsMessage::Text(text) if std::mem::replace(&mut announced, true) => text,
            WsMessage::Text(text) => announce(text),
            WsMessage::Close(code, reason) => return Some(Close { code, reason }),
        };
        if !within(writer.feed(Message::text(text))).await {
            return None;
        }
        unflushed += 1;
    }
}

/// Whether something was written. A caller that does not read for so long counts as gone.
async fn within<E>(writing: impl Future<Output = Result<(), E>>) -> bool {
    matches!(timeout(WRITING, writing).await, Ok(Ok(())))
}

/// The first message, which is the acknowledgement, with what this server can do.
fn announce(text: String) -> String {
    match serde_json::from_str::<Map<String, Value>>(&text) {
        Ok(mut message) if message.get("type").is_some_and(|kind| kind == "connection_ack") => {
            message.insert("payload".to_owned(), CallerCapabilities::ALL.to_payload());
            Value::Object(message).to_string()
        }
        _ => text,
    }
}
