//! The agents' websocket `/agi`: REGISTER, then instructions one way and events the other (protocol, section 4).
//!
//! Three things happen side by side on one socket: frames are read and worked in order, the agent's outbox is written,
//! and heartbeats are asked for, which overtake what waits in the outbox. Whichever ends first says why it closes.

mod writer;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use rekuest_core::message::{Capabilities, FromAgent, Init, ToAgent};
use serde::Deserialize;
use serde::de::IgnoredAny;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, timeout};
use uuid::Uuid;

use crate::close::{Close, WRITING, say_goodbye};
use crate::connections::Open;
use crate::heartbeat::beat;
use crate::http::App;
use crate::ids::Id;
use crate::settings::Settings;
use crate::state::Store;
use crate::state::agents::{Attached, Lost, NotAttached};

/// How long a socket may be open without a REGISTER.
const REGISTERING: Duration = Duration::from_secs(30);

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
    agent: Id,
    connection: Id,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.store.detach(self.agent, self.connection);
    }
}

async fn session(app: &App, reader: &mut Reader, writer: &mut Writer) -> End {
    let attached = match timeout(REGISTERING, register(app, reader)).await {
        Ok(Ok(attached)) => attached,
        Ok(Err(end)) => return end,
        Err(_) => return End::Refuse("expected a REGISTER within 30 seconds".to_owned()),
    };
    let Attached { agent, instance_id, connection, outbox, inquiries, lane, urgent, mut lost } = attached;
    let _held = Held { store: Arc::clone(&app.store), agent, connection };
    tracing::info!(%agent, open = inquiries.len(), "an agent is connected");

    let settings = app.store.settings();
    let init = ToAgent::Init(Init {
        instance_id: Some(instance_id),
        agent: agent.to_string(),
        inquiries: inquiries.iter().map(ToString::to_string).collect(),
        capabilities: Capabilities { unpaced: settings.frame_time.is_none(), ..Capabilities::ALL },
    });
    let (answered, answers) = watch::channel(0);
    tokio::select! {
        end = read(&app.store, agent, reader, &answered) => end,
        () = writer::write(init.to_json(Uuid::new_v4()), connection, &outbox, urgent, writer) => End::Gone,
        () = beat(settings.heartbeat_interval, settings.heartbeat_answer, lane, answers) => {
            End::Close(Close::heartbeat_missed())
        }
        lost = lost.wait_for(Option::is_some) => match lost.map(|lost| *lost) {
            Ok(Some(Lost::Blocked)) => End::Close(Close::blocked()),
            _ => End::Close(Close::displaced()),
        },
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
    app.store.attach(&registry, &instance_id).map_err(|refused| match refused {
        NotAttached::Blocked => End::Close(Close::blocked()),
        NotAttached::Unknown => End::Refuse(format!(
            "the agent of the instance `{instance_id}` is not known: call ensureAgent and register its implementations first"
        )),
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

/// Works the agent's frames in order, at the pace that was set if one was.
async fn read(store: &Store, agent: Id, reader: &mut Reader, answered: &watch::Sender<u64>) -> End {
    let mut pace = pace(store.settings());
    loop {
        let text = next_text(reader).await;
        if let Some(pace) = &mut pace {
            pace.tick().await;
        }
        let frame = text.and_then(|text| Ok((parse(&text)?, text)));
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

/// Lets a frame through each `frame_time`.
fn pace(settings: &Settings) -> Option<tokio::time::Interval> {
    settings.frame_time.map(|frame_time| {
        let mut pace = interval(frame_time);
        // A pause is not made up for by a burst.
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        pace
    })
}
