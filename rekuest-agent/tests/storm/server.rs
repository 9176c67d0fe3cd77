//! The model server: keeps its assignations as protocol.md says in section 4, and says what the plan wants said.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use rekuest_core::message::Capabilities;
use serde_json::{Value, json};
use tokio::io::DuplexStream;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::{WebSocketStream, accept_async};
use uuid::Uuid;

use crate::ledger::{Broken, Ledger};
use crate::plan::Traits;
use crate::proxy::Link;
use crate::stage::Stage;

/// How long the answer to a heartbeat may take, on a machine that runs many of these at once.
const ANSWER: Duration = Duration::from_secs(2);

/// The model server of one run.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) traits: Traits,
    stage: Arc<Stage>,
    state: Mutex<State>,
    /// There is something to say.
    said: Notify,
    /// An event was worked, or a rule was broken.
    worked: Notify,
    /// Held by the connection that is worked: a former one is worked to its end first.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) ledger: Ledger,
    pub(crate) capabilities: Capabilities,
    /// How often its data was lost.
    pub(crate) losses: u64,
    pub(crate) registrations: usize,
    pub(crate) refusals: usize,
    outgoing: VecDeque<Outgoing>,
    broken: Option<Broken>,
}

#[derive(Debug)]
pub(crate) enum Outgoing {
    /// Survives a restart, as far as it was not delivered.
    Assign(String),
    Frame(String),
    Binary,
    Close(u16),
}

/// What a frame of the agent means to the connection.
enum Means {
    Nothing,
    Answer,
}

impl Server {
    pub(crate) fn new(traits: Traits, stage: Arc<Stage>) -> Arc<Self> {
        let ledger = Ledger::new(Arc::clone(&stage), traits.retention.is_some());
        let state = State {
            ledger,
            capabilities: traits.capabilities,
            losses: 0,
            registrations: 0,
            refusals: 0,
            outgoing: VecDeque::new(),
            broken: None,
        };
        Arc::new(Self {
            traits,
            stage,
            state: Mutex::new(state),
            said: Notify::new(),
            worked: Notify::new(),
            turn: tokio::sync::Mutex::new(()),
        })
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("unpoisoned")
    }

    /// The id of the agent.
    pub(crate) fn agent(&self) -> String {
        format!("agent-{}", self.lock().losses)
    }

    /// Queues a frame for the agent.
    pub(crate) fn say(&self, mut frame: Value) {
        frame["id"] = json!(Uuid::new_v4().to_string());
        let text = frame.to_string();
        let frame = if frame["type"] == "ASSIGN" { Outgoing::Assign(text) } else { Outgoing::Frame(text) };
        self.send(frame);
    }

    pub(crate) fn send(&self, frame: Outgoing) {
        self.lock().outgoing.push_back(frame);
        self.said.notify_one();
    }

    /// A restart: what was not delivered is gone, but for ASSIGNs, which are part of the data.
    pub(crate) fn restarts(&self, capabilities: Capabilities, loses_data: bool) {
        let mut state = self.lock();
        state.capabilities = capabilities;
        state.outgoing.retain(|frame| matches!(frame, Outgoing::Assign(_)) && !loses_data);
        if loses_data {
            state.losses += 1;
            state.ledger = Ledger::new(Arc::clone(&self.stage), self.traits.retention.is_some());
        }
    }

    pub(crate) fn breaks(&self, rule: Broken) {
        self.lock().broken.get_or_insert(rule);
        self.worked.notify_waiters();
    }

    /// Waits until this holds; fails when a rule is broken, or it takes too long.
    pub(crate) async fn until(
        &self,
        what: &str,
        longest: Duration,
        holds: impl Fn(&State) -> bool,
    ) -> Result<(), Broken> {
        let held = async {
            loop {
                let worked = self.worked.notified();
                {
                    let state = self.lock();
                    if let Some(broken) = &state.broken {
                        return Err(broken.clone());
                    }
                    if holds(&state) {
                        return Ok(());
                    }
                }
                worked.await;
            }
        };
        timeout(longest, held).await.unwrap_or_else(|_| {
            Err(format!("{what} within {longest:?}; open are: {}", self.lock().ledger.describe_open()))
        })
    }

    /// Serves one connection to its end.
    pub(crate) async fn serve(&self, stream: DuplexStream, link: &Link) {
        let Ok(mut socket) = accept_async(stream).await else { return };
        let Some(Ok(Message::Text(register))) = socket.next().await else { return };
        if !register.contains("\"REGISTER\"") || !register.contains("\"secret\"") {
            return self.breaks(format!("the first frame is REGISTER with the token, came {register}"));
        }
        let _turn = self.turn.lock().await;
        let (losses, capabilities) = {
            let state = self.lock();
            (state.losses, state.capabilities)
        };
        if link.has_lost_arrived() || socket.send(Message::text(self.init())).await.is_err() {
            return;
        }
        self.converse(socket, link, losses, capabilities).await;
    }

    fn init(&self) -> String {
        let agent = self.agent();
        let state = self.lock();
        let mut open: Vec<Value> = state.ledger.open().map(|id| json!({"assignation": id})).collect();
        // In no order.
        let start = Uuid::new_v4().as_u128() as usize;
        for index in (1..open.len()).rev() {
            open.swap(index, start % (index + 1));
        }
        let mut init = json!({
            "id": Uuid::new_v4().to_string(), "type": "INIT", "instance_id": "default", "agent": agent, "inquiries": open,
        });
        if state.capabilities != Capabilities::default() {
            init["capabilities"] = json!(state.capabilities);
        }
        init.to_string()
    }

    async fn converse(
        &self,
        socket: WebSocketStream<DuplexStream>,
        link: &Link,
        losses: u64,
        capabilities: Capabilities,
    ) {
        let (mut sink, mut stream) = socket.split();
        let heartbeat = Duration::from_millis(self.traits.heartbeat);
        // When the next heartbeat is due, and until when the last one is to be answered.
        let due = Mutex::new(Some(Instant::now() + heartbeat));
        let answered = Notify::new();
        let speak = async {
            loop {
                let said = self.said.notified();
                let next = {
                    let mut state = self.lock();
                    if state.losses != losses {
                        // This one knows nothing of what is to be said since.
                        return;
                    }
                    state.outgoing.pop_front()
                };
                let message = match next {
                    Some(Outgoing::Assign(text) | Outgoing::Frame(text)) => Message::text(text),
                    Some(Outgoing::Binary) => Message::binary(vec![0_u8, 255]),
                    Some(Outgoing::Close(code)) => {
                        Message::Close(Some(CloseFrame { code: code.into(), reason: "".into() }))
                    }
                    None => {
                        let at = *due.lock().expect("unpoisoned");
                        tokio::select! {
                            () = said => continue,
                            () = answered.notified() => continue,
                            () = sleep_until(at.unwrap_or_else(|| Instant::now() + ANSWER)) => {}
                        }
                        if due.lock().expect("unpoisoned").take().is_some() {
                            Message::text(
                                json!({"id": Uuid::new_v4().to_string(), "type": "HEARTBEAT"}).to_string(),
                            )
                        } else {
                            Message::Close(Some(CloseFrame { code: 3001.into(), reason: "".into() }))
                        }
                    }
                };
                let closes = message.is_close();
                if sink.send(message).await.is_err() || closes {
                    // The rest is read, and worked.
                    std::future::pending::<()>().await;
                }
            }
        };
        let work = async {
            while let Some(Ok(message)) = stream.next().await {
                let Message::Text(text) = message else { continue };
                if self.traits.works > 0 {
                    sleep(Duration::from_millis(self.traits.works)).await;
                }
                if link.has_lost_arrived() {
                    return;
                }
                match self.work(&text, losses, capabilities) {
                    Ok(Means::Nothing) => {}
                    Ok(Means::Answer) => {
                        *due.lock().expect("unpoisoned") = Some(Instant::now() + heartbeat);
                        answered.notify_one();
                    }
                    Err(broken) => self.breaks(broken),
                }
                self.worked.notify_waiters();
            }
        };
        tokio::select! {
            () = speak => {}
            () = work => {}
        }
    }

    /// Works one frame.
    fn work(&self, text: &str, losses: u64, capabilities: Capabilities) -> Result<Means, Broken> {
        let frame: Value =
            serde_json::from_str(text).map_err(|error| format!("a frame is JSON: {error}: {text}"))?;
        let mut state = self.lock();
        if state.losses != losses {
            // It came for a server that is no more.
            return Ok(Means::Nothing);
        }
        match frame["type"].as_str().unwrap_or_default() {
            "HEARTBEAT_ANSWER" => return Ok(Means::Answer),
            "PAUSED" | "RESUMED" | "STEPPED" if !capabilities.pause => {
                return Err(format!("this server takes no {text}"));
            }
            "INTERRUPTED" if !capabilities.interrupt => return Err(format!("this server takes no {text}")),
            "STEPPED" => {}
            kind => state.ledger.event(kind, &frame)?,
        }
        Ok(Means::Nothing)
    }
}
