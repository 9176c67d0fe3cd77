//! One websocket with one subscription on it, and operations beside it, from its opening to its end.

use std::future::{Future, poll_fn};
use std::task::Poll;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use rekuest_core::message::CallerCapabilities;
use serde_json::value::RawValue;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, timeout, timeout_at};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Bytes, Error as SocketError, Message};
use url::Url;

use super::error::SubscriptionError;
use super::protocol::{self, FromServer};
use crate::dial::READ_BUFFER;
use crate::graphql::list;
use crate::{Access, Graphql, Operation, Timing, WebSocket};

/// The largest message that is taken. Returns may be large; what is beyond any use is a fault.
const LARGEST: usize = 1 << 30;

/// How many bytes of operations may wait for the server to read them before no more are written.
const ROOM: usize = 1 << 20;

/// The close code by which servers say that the token is wrong.
const FORBIDDEN: u16 = 4403;

/// A subscribed websocket. `D` is what it tells.
pub(crate) struct Socket<D> {
    stream: WebSocket,
    url: Url,
    timing: Timing,
    pings: Interval,
    heard: Instant,
    capabilities: CallerCapabilities,
    /// The bytes of what was written since everything was last with the kernel.
    unflushed: usize,
    /// Reads a message of this subscription.
    read: fn(&str) -> Option<FromServer<D>>,
}

/// What a socket tells.
pub(crate) enum Told<D> {
    /// Something happened.
    Next(Box<D>),
    /// Something happened that could not be read.
    Missed,
    /// What became of an operation.
    Answered {
        /// Which.
        id: u64,
        /// What the server says.
        payload: Box<RawValue>,
        /// Whether it is a list of errors.
        failed: bool,
    },
}

impl<D> Socket<D> {
    /// Connects and subscribes. That the server has acknowledged the connection does not mean that it has accepted the
    /// token, and nothing says when the subscription is active (protocol, section 3).
    pub(super) async fn open<O: Operation<Data = D>>(
        graphql: &Graphql,
        access: &Access,
        operation: &O,
        timing: Timing,
    ) -> Result<Self, SubscriptionError> {
        let url = access.endpoints.graphql_ws.clone();
        let connecting = connect(graphql, &url);
        let stream = within(timing.connect_timeout, &url, "connection", connecting).await??;
        let mut pings = interval(timing.ping_interval);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (heard, read) = (Instant::now(), protocol::read::<O>);
        let capabilities = CallerCapabilities::default();
        let mut socket =
            Self { stream, url: url.clone(), timing, pings, heard, capabilities, unflushed: 0, read };
        socket.send(Message::text(protocol::connection_init(&access.token))).await?;
        within(timing.acknowledge_timeout, &url, "connection_init", socket.acknowledged()).await??;
        socket.send(Message::text(protocol::subscribe(operation))).await?;
        Ok(socket)
    }

    async fn acknowledged(&mut self) -> Result<(), SubscriptionError> {
        loop {
            if let FromServer::Acknowledged(capabilities) = self.message().await? {
                self.capabilities = capabilities;
                return Ok(());
            }
        }
    }

    /// What the server can do, as it has said.
    pub(super) fn capabilities(&self) -> CallerCapabilities {
        self.capabilities
    }

    /// Whether operations may be written: not while the server does not read what was written before.
    pub(super) fn has_room(&self) -> bool {
        self.unflushed < ROOM
    }

    /// Writes an operation; it is sent while the next message is waited for.
    pub(super) fn operate(&mut self, id: u64, body: &str) -> Result<(), SubscriptionError> {
        let message = protocol::operation(id, body);
        self.unflushed += message.len();
        self.stream.start_send_unpin(Message::text(message)).map_err(|error| unreachable(&self.url, error))
    }

    /// Waits for the next thing that is told. Cancel-safe but for pings, which may be left out.
    pub(crate) async fn next(&mut self) -> Result<Told<D>, SubscriptionError> {
        loop {
            match self.message().await? {
                FromServer::Next(told) => return Ok(Told::Next(told)),
                FromServer::Answered { id, payload, failed } => {
                    return Ok(Told::Answered { id, payload, failed });
                }
                FromServer::Unusable(reason) => {
                    tracing::warn!(%reason, "an event cannot be read; what happened is asked for");
                    return Ok(Told::Missed);
                }
                FromServer::Failed(errors) => {
                    let message = list(&errors);
                    let refused = errors.iter().any(|error| error.is_refused_token());
                    return Err(if refused {
                        SubscriptionError::Refused { message }
                    } else {
                        SubscriptionError::Ended { message }
                    });
                }
                FromServer::Complete => {
                    return Err(SubscriptionError::Ended { message: "it is complete".to_owned() });
                }
                FromServer::Acknowledged(_) | FromServer::Ping | FromServer::Other => {}
            }
        }
    }

    /// The next message; pings are answered and sent on the way, and a server that is silent for too long is given up.
    async fn message(&mut self) -> Result<FromServer<D>, SubscriptionError> {
        loop {
            let given_up = self.heard + self.timing.silence_timeout;
            let Self { stream, unflushed, pings, .. } = &mut *self;
            // What was written is sent meanwhile: a server that writes to us may not read before we do.
            let frame = poll_fn(|context| {
                if *unflushed > 0 {
                    match stream.poll_flush_unpin(context) {
                        Poll::Ready(Ok(())) => *unflushed = 0,
                        Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                        Poll::Pending => {}
                    }
                }
                stream.poll_next_unpin(context)
            });
            let frame = tokio::select! {
                frame = timeout_at(given_up, frame) => frame,
                _ = pings.tick() => {
                    self.send(Message::Ping(Bytes::new())).await?;
                    continue;
                }
            };
            let frame = frame.map_err(|_| SubscriptionError::Silent {
                url: self.url.clone(),
                waited: self.timing.silence_timeout,
            })?;
            self.heard = Instant::now();
            match frame {
                Some(Ok(Message::Text(text))) => {
                    let malformed = || SubscriptionError::Malformed { url: self.url.clone() };
                    let message = (self.read)(&text).ok_or_else(malformed)?;
                    if let FromServer::Ping = message {
                        self.send(Message::text(protocol::pong())).await?;
                    }
                    return Ok(message);
                }
                Some(Ok(Message::Close(frame))) => {
                    let (code, reason) = frame
                        .map_or((1006, String::new()), |frame| (frame.code.into(), frame.reason.to_string()));
                    return Err(self.closed(code, reason));
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(unreachable(&self.url, error)),
                None => return Err(self.closed(1006, String::new())),
            }
        }
    }

    fn closed(&self, code: u16, reason: String) -> SubscriptionError {
        if code == FORBIDDEN {
            return SubscriptionError::Refused { message: format!("close code {code} {reason}") };
        }
        let reason = if reason.is_empty() { "no reason was given".to_owned() } else { reason };
        SubscriptionError::Closed { url: self.url.clone(), code, reason }
    }

    async fn send(&mut self, message: Message) -> Result<(), SubscriptionError> {
        let waited = self.timing.silence_timeout;
        match timeout(waited, self.stream.send(message)).await {
            Ok(sent) => sent.map_err(|error| unreachable(&self.url, error)),
            Err(_) => Err(SubscriptionError::Silent { url: self.url.clone(), waited }),
        }
    }

    /// Says goodbye. What it says is of no consequence: the connection ends anyway.
    pub(crate) async fn close(mut self) {
        let _ = timeout(Duration::from_secs(1), self.stream.close(None)).await;
    }
}

async fn connect(graphql: &Graphql, url: &Url) -> Result<WebSocket, SubscriptionError> {
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .max_message_size(Some(LARGEST))
        .max_frame_size(Some(LARGEST));
    let opened = graphql.websocket(url, Some(protocol::SUBPROTOCOL), config).await;
    opened.map_err(|error| unreachable(url, error))
}

async fn within<F: Future>(
    limit: Duration,
    url: &Url,
    step: &'static str,
    future: F,
) -> Result<F::Output, SubscriptionError> {
    timeout(limit, future).await.map_err(|_| SubscriptionError::NoAnswer {
        url: url.clone(),
        step,
        waited: limit,
    })
}

fn unreachable(url: &Url, source: SocketError) -> SubscriptionError {
    SubscriptionError::Unreachable { url: url.clone(), source: source.into() }
}
