//! The agents' websocket `/agi`: REGISTER, then instructions one way and events the other (protocol, section 4).
//!
//! Three things happen side by side on one socket: frames are read and worked in order, the agent's outbox is written,
//! and heartbeats are asked for, which overtake what waits in the outbox. Whichever ends first says why it closes.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use rekuest_core::message::{FromAgent, Init, ToAgent};
use serde::Deserialize;
use serde::de::IgnoredAny;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use uuid::Uuid;

use crate::close::{Close, WRITING, say_goodbye};
use crate::connections::Open;
use crate::heartbeat::beat;
use crate::http::App;
use crate::ids::Id;
use crate::state::Store;
use crate::state::agents::Attached;

/// How long a socket may be open without a REGISTER.
const REGISTERING: Duration = Duration::from_secs(30);

/// How many frames are written between flushes; heartbeats wait for no more than these.
const BATCH: usize = 64;

type Reader = SplitStream<WebSocket>;
type Writer = SplitSink<WebSocket, Message>;

/// Serves one agent from its first frame to the close.
pub(crate) async fn serve(app: App, mut open: Open, socket: WebSocket) {
    let (mut writer, mut reader) = socket.split();
    let close = tokio::select! {
        close = session(&app, &mut reader, &mut writer) => close,
        () = open.stopped() => Some(Close::server_stops()),
    };
    if let Some(close) = close {
        tracing::debug!(code = close.code, reason = close.reason, "an agent's socket is closed");
        say_goodbye(&mut writer, &mut reader, close).await;
    }
}

/// Why it has to be closed; none if the socket is gone.
async fn session(app: &App, reader: &mut Reader, writer: &mut Writer) -> Option<Close> {
    let held = match timeout(REGISTERING, register(app, reader, writer)).await {
        Ok(Ok(attached)) => Held { store: Arc::clone(&app.store), attached },
        Ok(Err(close)) => return close,
        Err(_) => return Some(Close::not_understood("expected a REGISTER within 30 seconds")),
    };
    let attached = &held.attached;
    tracing::info!(agent = %attached.agent, open = attached.inquiries.len(), "an agent is connected");

    let settings = app.store.settings();
    let (lane, heartbeats) = mpsc::channel(1);
    let (answered, answers) = watch::channel(0);
    let mut displaced = attached.displaced.clone();
    tokio::select! {
        close = read(&app.store, attached.agent, reader, writer_of_errors(&lane), &answered) => close,
        () = write(attached, heartbeats, writer) => None,
        () = beat(settings.heartbeat_interval, settings.heartbeat_answer, lane.clone(), answers) => {
            Some(Close::heartbeat_missed())
        }
        _ = displaced.wait_for(|displaced| *displaced) => Some(Close::displaced()),
    }
}
