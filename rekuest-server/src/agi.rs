//! The agents' websocket `/agi`: REGISTER, then instructions one way and events the other (protocol, section 4).
//!
//! Three things happen side by side on one socket: frames are read and worked in order, the agent's outbox is written,
//! and heartbeats are asked for, which overtake what waits in the outbox. Whichever ends first says why it closes.

use std::borrow::Cow;
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

/// How a session ends.
enum End {
    /// The socket is gone.
    Gone,
    /// The server closes it.
    Close(Close),
    /// The agent sent what the server does not understand, or cannot accept: it is told why in a frame, and closed.
    Refuse(String),
}

/// Serves one agent from its first frame to the close.
pub(crate) async fn serve(app: App, mut open: Open, socket: WebSocket) {
    let (mut writer, mut reader) = socket.split();
    let end = tokio::select! {
        end = session(&app, &mut reader, &mut writer) => end,
        () = open.stopped() => End::Close(Close::server_stops()),
    };
    let close = match end {
        End::Gone => return,
        End::Close(close) => close,
        End::Refuse(error) => {
            let frame = ToAgent::ProtocolError { error: error.clone() }.to_json(Uuid::new_v4());
            // The close says the same, should the frame not get through.
            let _ = timeout(WRITING, writer.send(Message::text(frame))).await;
            Close::not_understood(error)
        }
    };
    tracing::info!(code = close.code, reason = close.reason, "an agent's socket is closed");
    say_goodbye(&mut writer, &mut reader, close).await;
}

/// The agent's open assignations are DISCONNECTED when this is dropped, however the session ends.
struct Held {
    store: Arc<Store>,
    attached: Attached,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.store.detach(self.attached.agent, self.attached.connection);
    }
}

async fn session(app: &App, reader: &mut Reader, writer: &mut Writer) -> End {
    let held = match timeout(REGISTERING, register(app, reader)).await {
        Ok(Ok(attached)) => Held { store: Arc::clone(&app.store), attached },
        Ok(Err(end)) => return end,
        Err(_) => return End::Refuse("expected a REGISTER within 30 seconds".to_owned()),
    };
    let attached = &held.attached;
    tracing::info!(agent = %attached.agent, open = attached.inquiries.len(), "an agent is connected");

    let settings = app.store.settings();
    let (lane, heartbeats) = mpsc::channel(1);
    let (answered, answers) = watch::channel(0);
    let mut displaced = attached.displaced.clone();
    tokio::select! {
        end = read(&app.store, attached.agent, reader, &answered) => end,
        () = write(attached, heartbeats, writer) => End::Gone,
        () = beat(settings.heartbeat_interval, settings.heartbeat_answer, lane, answers) => {
            End::Close(Close::heartbeat_missed())
        }
        _ = displaced.wait_for(|displaced| *displaced) => End::Close(Close::displaced()),
    }
}

/// Reads the first frame and takes hold of the agent it names.
async fn register(app: &App, reader: &mut Reader) -> Result<Attached, End> {
    let text = next_text(reader).await?;
    let FromAgent::Register { instance_id, token } = parse(&text)? else {
        return Err(End::Refuse("expected REGISTER as the first frame".to_owned()));
    };
    let Some(registry) = app.registry_of(token.expose()) else {
        // Without INIT and without an error frame: so an agent knows that it is the token.
        return Err(End::Close(Close::not_understood("")));
    };
    app.store.attach(&registry, &instance_id).ok_or_else(|| {
        End::Refuse(format!(
            "the agent of the instance `{instance_id}` is not known: call ensureAgent and register its implementations first"
        ))
    })
}

/// The next frame's text.
async fn next_text(reader: &mut Reader) -> Result<axum::extract::ws::Utf8Bytes, End> {
    loop {
        match reader.next().await {
            Some(Ok(Message::Text(text))) => return Ok(text),
            Some(Ok(Message::Binary(_))) => return Err(End::Close(Close::not_json())),
            // Pings are answered below; a close is, by reading on until the end.
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Close(_))) => {}
            Some(Err(_)) | None => return Err(End::Gone),
        }
    }
}

fn parse(text: &str) -> Result<FromAgent, End> {
    FromAgent::parse(text).map_err(|error| {
        if serde_json::from_str::<IgnoredAny>(text).is_err() {
            End::Close(Close::not_json())
        } else {
            End::Refuse(error.to_string())
        }
    })
}

/// Works the agent's frames in order.
async fn read(store: &Store, agent: Id, reader: &mut Reader, answered: &watch::Sender<u64>) -> End {
    loop {
        let frame = next_text(reader).await.and_then(|text| Ok((parse(&text)?, text)));
        match frame {
            Err(end) => return end,
            Ok((FromAgent::HeartbeatAnswer, _)) => answered.send_modify(|count| *count += 1),
            Ok((FromAgent::Register { .. }, _)) => {
                return End::Refuse("expected REGISTER once, as the first frame".to_owned());
            }
            Ok((frame @ FromAgent::Yield { .. }, text)) => store.apply(agent, frame, id_of(&text)),
            Ok((frame, _)) => store.apply(agent, frame, None),
        }
    }
}

/// The id of a frame, by which a repeated one is told.
fn id_of(text: &str) -> Option<Uuid> {
    #[derive(Deserialize)]
    struct Identified<'t> {
        #[serde(borrow)]
        id: Option<Cow<'t, str>>,
    }
    serde_json::from_str::<Identified<'_>>(text).ok()?.id?.parse().ok()
}

/// Writes INIT and then whatever waits for the agent, heartbeats first. Ends when the socket does not take it, or
/// another connection holds the outbox.
async fn write(attached: &Attached, mut heartbeats: mpsc::Receiver<String>, writer: &mut Writer) {
    let init = ToAgent::Init(Init {
        instance_id: Some(attached.instance_id.clone()),
        agent: attached.agent.to_string(),
        inquiries: attached.inquiries.iter().map(ToString::to_string).collect(),
    });
    let mut batch = vec![init.to_json(Uuid::new_v4())];
    loop {
        for frame in batch {
            if !matches!(timeout(WRITING, writer.feed(Message::text(frame))).await, Ok(Ok(()))) {
                return;
            }
        }
        if !matches!(timeout(WRITING, writer.flush()).await, Ok(Ok(()))) {
            return;
        }
        batch = tokio::select! {
            biased;
            Some(heartbeat) = heartbeats.recv() => vec![heartbeat],
            frames = attached.outbox.take(attached.connection, BATCH) => match frames {
                Some(frames) => frames,
                // The session ends as displaced.
                None => return std::future::pending().await,
            },
        };
    }
}
