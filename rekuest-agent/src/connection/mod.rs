//! One connection to `/agi`, from opening it to its end.

mod close;
mod reader;
mod sent;
mod writer;

use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use rekuest_client::{Access, Graphql, READ_BUFFER, WebSocket};
use rekuest_core::message::FromAgent;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use uuid::Uuid;

pub(crate) use close::{Ended, Next, Phase};

use crate::handle::{AgentHandle, Urgency};
use crate::settings::Settings;
use crate::status::AgentPhase;
use crate::workshop::Workshop;
use reader::Reader;
use sent::Sent;

type Sender = SplitSink<WebSocket, Message>;
type Receiver = SplitStream<WebSocket>;

/// How long opening the connection may take, and how long the server may take to answer REGISTER.
const OPENING: Duration = Duration::from_secs(20);

/// How long the server's last frames are waited for once writing fails: they say why.
const LAST_FRAMES: Duration = Duration::from_millis(500);

/// How long cancelled work may take to clean up and to be reported.
const REPORTING: Duration = Duration::from_secs(5);

/// How long saying goodbye may take.
const CLOSING: Duration = Duration::from_secs(2);

/// The largest frame that is read. Values of this size take seconds to parse; what is larger is no value.
const LARGEST: usize = 512 << 20;

/// What may be in the write buffer beside a frame of the largest size.
const WRITE_BUFFER: usize = 1 << 20;

/// What a connection needs to know.
#[derive(Debug)]
pub(crate) struct Connection<'a> {
    pub(crate) workshop: &'a Arc<Workshop>,
    pub(crate) handle: &'a AgentHandle,
    pub(crate) graphql: &'a Graphql,
    pub(crate) access: &'a Access,
    pub(crate) instance_id: &'a str,
    /// The id that `ensureAgent` gave.
    pub(crate) agent: &'a str,
    pub(crate) settings: &'a Settings,
}

impl Connection<'_> {
    /// Opens the connection, registers, serves until it ends. `proven` is called once the server has shown that it
    /// goes on: with the first heartbeat.
    pub(crate) async fn serve(&self, proven: impl FnMut() + Send) -> (Phase, Ended) {
        let socket = match self.open().await {
            Ok(socket) => socket,
            Err(ended) => return (Phase::Registering, ended),
        };
        self.handle.online.send_replace(true);
        let ended = self.converse(socket, proven).await;
        self.handle.online.send_replace(false);
        ended
    }

    /// Says who this is, serves, says goodbye.
    async fn converse(&self, socket: WebSocket, proven: impl FnMut() + Send) -> (Phase, Ended) {
        let (mut sender, receiver) = socket.split();
        let register = FromAgent::Register {
            instance_id: self.instance_id.to_owned(),
            token: self.access.token.clone(),
        };
        if let Err(error) = sender.send(Message::text(register.to_json(Uuid::new_v4()))).await {
            return (Phase::Registering, Ended::Lost(format!("it was cut: {error}")));
        }
        self.handle.is_now(AgentPhase::Registering);
        let sent = Sent::default();
        let mut reader = Reader::new(receiver, self, &sent, proven);
        let mut reported = true;
        let mut ended = tokio::select! {
            ended = reader.read() => ended,
            error = writer::write(&mut sender, &self.workshop.table, &sent) => Ended::Lost(format!("it was cut: {error}")),
            flushed = self.finish() => {
                reported = flushed;
                Ended::Stopped
            }
        };
        if let Ended::Lost(_) = ended
            && let Ok(said) = timeout(LAST_FRAMES, reader.read()).await
            && !matches!(said, Ended::Lost(_))
        {
            // The writer noticed the end before the reader had come to why.
            ended = said;
        }
        let phase = reader.phase();
        self.handle.is_ready_now(false);
        self.workshop.table.disconnected();
        if matches!(ended, Ended::Closed(_) | Ended::Lost(_)) {
            return (phase, ended);
        }
        let goodbye = CloseFrame { code: CloseCode::Normal, reason: "".into() };
        let answered = timeout(CLOSING, async {
            sender.send(Message::Close(Some(goodbye))).await.is_ok() && reader.until_closed().await
        });
        reported &= answered.await.unwrap_or(false) && phase == Phase::Ready;
        // Whatever was not written, or written just before a cut, is reported over a new connection.
        if ended == Ended::Stopped && !reported && !self.workshop.table.is_empty() {
            return (phase, Ended::Lost("it was cut while the agent was ending".to_owned()));
        }
        if ended == Ended::Stopped {
            self.workshop.table.reported();
        }
        (phase, ended)
    }

    async fn open(&self) -> Result<WebSocket, Ended> {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .max_message_size(Some(LARGEST))
            .max_frame_size(Some(LARGEST))
            // One frame more than what is flushed at once.
            .max_write_buffer_size(self.settings.max_message.saturating_mul(2).saturating_add(WRITE_BUFFER));
        let url = &self.access.endpoints.agi;
        match timeout(OPENING, self.graphql.websocket(url, None, config)).await {
            Ok(Ok(socket)) => Ok(socket),
            Ok(Err(error)) => Err(Ended::Lost(format!("it could not be opened: {error}"))),
            Err(_) => Err(Ended::Lost(format!("it could not be opened within {OPENING:?}"))),
        }
    }

    /// Completes once the agent was asked to end and its work is done, reported and handed over; false if time was up
    /// before everything was handed over.
    async fn finish(&self) -> bool {
        let mut stop = self.handle.stop.subscribe();
        asked(&mut stop, Urgency::Drain).await;
        self.handle.ready.send_replace(false);
        let table = &self.workshop.table;
        table.drain();
        let running = table.open();
        if running > 0 {
            tracing::info!(running, "waiting up to {:?} for running work", self.settings.drain);
        }
        tokio::select! {
            () = self.report() => return true,
            () = self.handle.drained(self.settings.drain) => tracing::warn!(running = table.open(), "cancelling what still runs"),
            () = asked(&mut stop, Urgency::Now) => tracing::warn!(running = table.open(), "ending at once"),
        }
        table.cancel_all();
        // Cancelled work reports itself; a handler that blocks the runtime cannot, and must not keep the process.
        timeout(REPORTING, self.report()).await.is_ok()
    }

    /// Completes once nothing runs and everything was handed to the socket.
    async fn report(&self) {
        let table = &self.workshop.table;
        table.idle().await;
        // What is left from a former connection goes out once the server has asked about it.
        if !table.is_empty() {
            self.handle.until_accepted().await;
        }
        table.flushed().await;
    }
}

/// Waits until the agent is asked to end, at least this urgently.
pub(crate) async fn asked(stop: &mut watch::Receiver<Urgency>, least: Urgency) {
    if stop.wait_for(|stop| *stop >= least).await.is_err() {
        // Nobody is left who could ask.
        std::future::pending::<()>().await;
    }
}
