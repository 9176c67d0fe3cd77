//! The reading half of a connection: parses frames, answers heartbeats, hands assignations out.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use rekuest_core::message::{Init, MessageError, ToAgent};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::sent::Sent;
use super::{Connection, Ended, OPENING, Phase, Receiver};
use crate::status::AgentPhase;
use crate::table::Ending;

/// The longest time that a BOUNCE can keep an agent away.
const LONGEST_BOUNCE: Duration = Duration::from_secs(60 * 60);

pub(super) struct Reader<'c, F> {
    receiver: Receiver,
    connection: &'c Connection<'c>,
    sent: &'c Sent,
    proven: F,
    phase: Phase,
    opened: Instant,
    /// The server has said, before INIT, that it does not understand or know this agent.
    refused: bool,
    /// Answers what the server asked about and nobody knows. It ends with the connection.
    unknown: JoinSet<()>,
}

impl<'c, F: FnMut() + Send> Reader<'c, F> {
    pub(super) fn new(receiver: Receiver, connection: &'c Connection<'c>, sent: &'c Sent, proven: F) -> Self {
        Self {
            receiver,
            connection,
            sent,
            proven,
            phase: Phase::Registering,
            opened: Instant::now(),
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
            let silence = self.connection.settings.silence;
            let patience = match self.phase {
                // However much else the server has to say before INIT.
                Phase::Registering => OPENING.saturating_sub(self.opened.elapsed()),
                Phase::Ready => silence,
            };
            let message = match timeout(patience, self.receiver.next()).await {
                Ok(Some(Ok(message))) => message,
                Ok(Some(Err(error))) => return Ended::Lost(format!("it was cut: {error}")),
                Ok(None) => return Ended::Lost("it was cut".to_owned()),
                Err(_) if self.phase == Phase::Registering => {
                    return Ended::Lost(format!("the server did not accept the agent within {OPENING:?}"));
                }
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
        let workshop = self.connection.workshop;
        let table = &workshop.table;
        let message = match ToAgent::parse(text) {
            Ok(message) => message,
            Err(error) => {
                self.malformed(&error);
                return None;
            }
        };
        match message {
            ToAgent::Assign(assign) => workshop.assign(*assign),
            ToAgent::Heartbeat => {
                table.heartbeat();
                workshop.rescue();
                if self.phase == Phase::Ready {
                    (self.proven)();
                }
            }
            ToAgent::Cancel { assignation } => workshop.start(table.cancel(&assignation)),
            ToAgent::Interrupt { assignation } => workshop.start(table.interrupt(&assignation)),
            ToAgent::Pause { assignation } => table.pause(&assignation),
            ToAgent::Resume { assignation } => table.resume(&assignation),
            ToAgent::Step { assignation } => table.step(&assignation),
            ToAgent::Collect { drawers } => workshop.drawers.collect(drawers),
            ToAgent::Init(init) => return self.init(&init),
            ToAgent::Bounce { duration } => {
                let wait = duration.unwrap_or_default().clamp(0.0, LONGEST_BOUNCE.as_secs_f64());
                return Some(Ended::Bounced(Duration::try_from_secs_f64(wait).unwrap_or_default()));
            }
            ToAgent::Kick { reason } => {
                let said = reason.as_deref().unwrap_or("it gave no reason");
                tracing::error!("the server sent the agent away, so it ends: {said}");
                self.connection.handle.is_kicked(reason);
            }
            ToAgent::ProtocolError { error } if self.phase == Phase::Registering => {
                tracing::info!("the server did not take this agent as it is, so it registers anew: {error}");
                self.refused = true;
            }
            ToAgent::ProtocolError { error } => {
                let sent = self.sent.shown();
                tracing::error!(?sent, "the server did not understand a frame of this agent: {error}");
            }
            ToAgent::Unknown { kind } => {
                tracing::warn!(kind, "the server sent a frame of a type that is not known");
            }
            _ => tracing::warn!("the server sent a frame that this version does not work"),
        }
        None
    }

    /// A frame that cannot be understood is never the end; who waits for it is told where that is possible.
    fn malformed(&self, error: &MessageError) {
        tracing::warn!("the server sent a malformed frame: {error}");
        if let Some(assignation) = error.assignation() {
            let error = format!("the agent could not read the frame: {error}");
            self.connection.workshop.table.end_unrun(assignation, &Ending::Critical(error));
        }
    }

    fn init(&mut self, init: &Init) -> Option<Ended> {
        if init.agent != self.connection.agent {
            return Some(Ended::Forgotten);
        }
        self.phase = Phase::Ready;
        tracing::info!(agent = %init.agent, "connected");
        let Connection { workshop, handle, settings, .. } = *self.connection;
        workshop.totals.connected();
        workshop.states.connected();
        let (unknown, ready) = workshop.table.connected(&init.inquiries, init.capabilities);
        workshop.start(ready);
        handle.is_now(AgentPhase::Ready);
        handle.is_ready_now(true);
        if !unknown.is_empty() {
            let (workshop, grace) = (Arc::clone(workshop), settings.grace);
            self.unknown.spawn(async move {
                // Instructions that could not be delivered are queued, and follow INIT (protocol, section 4).
                sleep(grace).await;
                for assignation in unknown {
                    workshop.table.lost(&assignation);
                }
            });
        }
        None
    }
}
