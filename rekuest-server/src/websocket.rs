//! The callers' websocket `/graphql`: subscriptions, and also queries and mutations (protocol, section 3).
//!
//! The token comes in `connection_init`. A wrong one is acknowledged all the same; the error comes with each operation.

use async_graphql::Data;
use async_graphql::http::{WebSocket as Operations, WebSocketProtocols as Protocols, WsMessage};
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket};
use futures_util::{Sink, SinkExt as _, Stream, StreamExt as _};
use tokio::time::timeout;

use crate::close::{Close, WRITING, say_goodbye};
use crate::connections::Open;
use crate::graphql::{Caller, Lagged, OlderProtocol};
use crate::http::App;

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
        let token = payload.get("token").and_then(serde_json::Value::as_str);
        let mut data = Data::default();
        data.insert(Caller(token.and_then(|token| app.registry_of(token))));
        data.insert(lagged);
        if protocol == Protocols::SubscriptionsTransportWS {
            data.insert(OlderProtocol);
        }
        Ok(data)
    });
    while let Some(message) = operations.next().await {
        let text = match message {
            WsMessage::Text(text) => text,
            WsMessage::Close(code, reason) => return Some(Close { code, reason }),
        };
        // A caller that does not read for so long counts as gone.
        if !matches!(timeout(WRITING, writer.send(Message::text(text))).await, Ok(Ok(()))) {
            return None;
        }
    }
    None
}
