//! The reading half of a connection: parses frames, answers heartbeats, hands assignations out.

use std::time::Duration;

use futures_util::StreamExt as _;
use rekuest_core::message::{FromAgent, Init, MessageError, ToAgent};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::{Connection, Ended, OPENING, Phase, Receiver};
use crate::work;

/// After how long without any frame the connection counts as dead. Heartbeats come every 10 to 15 seconds.
const SILENCE: Duration = Duration::from_secs(60);

/// How long an assignation that the server asks about may still arrive as an ASSIGN before it is answered with
/// CRITICAL: instructions that could not be delivered are queued, and follow INIT (protocol, section 4).
const GRACE: Duration = Duration::from_secs(3);

pub(super) struct Reader<'c, F> {
    receiver: Receiver,
    connection: &'c Connection<'c>,
    proven: F,
    phase: Phase,
    /// The server has said, before INIT, that it does not understand or know this agent.
    refused: bool,
    /// Answers what the server asked about and nobody knows. It ends with the connection.
    unknown: JoinSet<()>,
}

impl<'c, F: FnMut() + Send> Reader<'c, F> {
    pub(super) fn new(receiver: Receiver, connection: &'c Connection<'c>, proven: F) -> Self {
        Self {
            receiver,
            connection,
            proven,
            phase: Phase::Registering,
            refused: false,
            unknown: JoinSet::new(),
        }
    }

    pub(super) fn phase(&self) -> Phase {
        self.phase
    }

    /// Reads until the connection ends.
    pub(super) async fn read(&mut self) -> Ended {
        loop {
            let patience = if self.phase == Phase::Registering { OPENING } else { SILENCE };
            let message = match timeout(patience, self.receiver.next()).await {
                Ok(Some(Ok(message))) => message,
                Ok(Some(Err(error))) => return Ended::Lost(format!("it was cut: {error}")),
                Ok(None) => return Ended::Lost("it was cut".to_owned()),
                Err(_) => return Ended::Lost(format!("the server was silent for {patience:?}")),
            };
            let ended = match message {
                Message::Text(text) => self.frame(&text),
                // A wrong token is refused without a frame before it; this agent was refused with a reason.
                Message::Close(_) if self.refused && self.phase == Phase::Registering => {
                    Some(Ended::Forgotten)
                }
                Message::Close(frame) => Some(Ended::Closed(frame.map_or(1005, |frame| frame.code.into()))),
                Message::Binary(_) => {
                    tracing::warn!("the server sent a binary frame, expected text; it is ignored");
                    None
                }
                // Pings are answered by the websocket itself.
                Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => None,
            };
            if let Some(ended) = ended {
                return ended;
            }
        }
    }

    /// Reads on, without looking, until the server has closed its side too. True if it did so with a close frame: it
    /// has then read everything that was sent before ours.
    pub(super) async fn until_closed(&mut self) -> bool {
        while let Some(Ok(message)) = self.receiver.next().await {
            if message.is_close() {
                return true;
            }
        }
        false
    }

    /// Works one frame; returns how the connection ended if it has.
    fn frame(&mut self, text: &str) -> Option<Ended> {
        let table = &self.connection.workshop.table;
        let message = match ToAgent::parse(text) {
            Ok(message) => message,
            Err(error) => {
                self.malformed(&error);
                return None;
            }
        };
        match message {
            ToAgent::Init(init) => return self.init(&init),
            ToAgent::Heartbeat => {
                table.heartbeat();
                (self.proven)();
            }
            ToAgent::Assign(assign) => work::assign(self.connection.workshop, *assign),
            ToAgent::Cancel { assignation } | ToAgent::Interrupt { assignation } => {
                table.cancel(&assignation)
            }
            ToAgent::Bounce { duration } => return Some(Ended::Bounced(duration)),
            ToAgent::Kick { reason } => return Some(Ended::Kicked(reason)),
            ToAgent::ProtocolError { error } if self.phase == Phase::Registering => {
                tracing::info!("the server did not take this agent as it is, so it registers anew: {error}");
                self.refused = true;
            }
            ToAgent::ProtocolError { error } => {
                tracing::error!("the server did not understand a frame of this agent: {error}");
            }
            ToAgent::Collect { drawers } => self.connection.workshop.drawers.collect(drawers),
            ToAgent::Pause { .. } | ToAgent::Resume { .. } | ToAgent::Step { .. } => {
                tracing::warn!("this version cannot pause, resume or step; the assignation runs on");
            }
            ToAgent::Unknown { kind } => {
                tracing::warn!(kind, "the server sent a frame of a type that is not known")
            }
            _ => tracing::warn!("the server sent a frame that this version does not work"),
        }
        None
    }

    /// A frame that cannot be understood is never the end; who waits for it is told where that is possible.
    fn malformed(&self, error: &MessageError) {
        tracing::warn!("the server sent a malformed frame: {error}");
        if let Some(assignation) = error.assignation() {
            self.connection.workshop.table.end_unrun(&FromAgent::Critical {
                assignation: assignation.to_owned(),
                error: format!("the agent could not read the frame: {error}"),
            });
        }
    }

    fn init(&mut self, init: &Init) -> Option<Ended> {
        if init.agent != self.connection.agent {
            return Some(Ended::Forgotten);
        }
        self.phase = Phase::Ready;
        tracing::info!(agent = %init.agent, "connected");
        let unknown = self.connection.workshop.table.connected(&init.inquiries);
        self.connection.handle.ready.send_replace(true);
        if !unknown.is_empty() {
            let workshop = std::sync::Arc::clone(self.connection.workshop);
            self.unknown.spawn(async move {
                sleep(GRACE).await;
                for assignation in unknown {
                    let error =
                        "the app was restarted, or lost this assignation, while it was away".to_owned();
                    workshop.table.end_unrun(&FromAgent::Critical { assignation, error });
                }
            });
        }
        None
    }
}
