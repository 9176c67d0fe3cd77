//! The callers' websocket `/graphql`: subscriptions, and also queries and mutations (protocol, section 3).
//!
//! The token comes in `connection_init`. A wrong one is acknowledged all the same; the error comes with each operation.
//! The acknowledgement says what this server can do beyond the observed one, see
//! [`CallerCapabilities`](rekuest_core::message::CallerCapabilities).

mod operations;
mod protocol;

use std::sync::Arc;

use async_graphql::{Data, Request, Response, ServerError};
use axum::extract::ws::{Message, WebSocket};
use futures_util::{FutureExt as _, Sink, SinkExt as _, Stream, StreamExt as _};
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::time::timeout;

use crate::close::{Close, WRITING, say_goodbye};
use crate::connections::Open;
use crate::graphql::{Answer, Body, Caller, Lagged, OlderProtocol, payload};
use crate::http::App;
use crate::state::registries::Registry;

use operations::{NotBegun, Operations, Told};
use protocol::FromCaller;

pub(crate) use protocol::Subprotocol;

/// How many messages are written between flushes.
const BATCH: usize = 64;

/// Serves one caller until either side closes.
pub(crate) async fn serve(app: App, mut open: Open, socket: WebSocket, subprotocol: Option<Subprotocol>) {
    let (mut writer, mut reader) = socket.split();
    let Some(subprotocol) = subprotocol else {
        return say_goodbye(&mut writer, &mut reader, Close::no_subprotocol()).await;
    };
    let lagged = Lagged::default();
    let mut session = Session {
        app,
        subprotocol,
        lagged: lagged.clone(),
        caller: None,
        operations: Operations::default(),
        unflushed: 0,
    };
    let end = tokio::select! {
        end = session.run(&mut reader, &mut writer) => end,
        () = lagged.0.notified() => End::Close(Close::too_slow()),
        () = open.stopped() => End::Close(Close::server_stops()),
    };
    if let End::Close(close) = end {
        say_goodbye(&mut writer, &mut reader, close).await;
    }
}

/// How a session ends.
enum End {
    /// The caller is gone.
    Gone,
    Close(Close),
}

/// Who speaks, once that was said.
#[derive(Clone)]
struct Speaker {
    /// None if the token is not accepted.
    registry: Option<Arc<Registry>>,
    /// What the engine is given with each request.
    data: Arc<Data>,
}

struct Session {
    app: App,
    subprotocol: Subprotocol,
    lagged: Lagged,
    caller: Option<Speaker>,
    operations: Operations,
    /// How many messages were written since everything was last with the kernel.
    unflushed: usize,
}

/// What happens next.
enum Step {
    Heard(Option<Result<Message, axum::Error>>),
    Told(Told),
}

impl Session {
    /// Executes what comes in and writes what comes of it, until the caller is gone or did what it must not.
    async fn run(
        &mut self,
        reader: &mut (impl Stream<Item = Result<Message, axum::Error>> + Unpin),
        writer: &mut (impl Sink<Message> + Unpin),
    ) -> End {
        let mut yielded = false;
        loop {
            let step = match step(reader, &mut self.operations).now_or_never() {
                Some(step) if self.unflushed < BATCH => step,
                // Others first: an agent gets its ASSIGN before its caller hears that there is one.
                None if self.unflushed > 0 && !yielded => {
                    tokio::task::yield_now().await;
                    yielded = true;
                    continue;
                }
                // Nothing more to write, or enough.
                ready => {
                    if self.unflushed > 0 && !within(writer.flush()).await {
                        return End::Gone;
                    }
                    self.unflushed = 0;
                    yielded = false;
                    match ready {
                        Some(step) => step,
                        None => step(reader, &mut self.operations).await,
                    }
                }
            };
            let worked = match step {
                Step::Heard(Some(Ok(Message::Text(text)))) => self.work(&text, writer).await,
                // Pings are answered below; a close is, by reading on until the end.
                Step::Heard(Some(Ok(_))) => Ok(()),
                Step::Heard(Some(Err(_)) | None) => return End::Gone,
                Step::Told(Told::Payload { id, payload }) => {
                    self.write(protocol::next(self.subprotocol, &id, &payload), writer).await
                }
                Step::Told(Told::Complete { id }) => self.write(protocol::complete(&id), writer).await,
            };
            if let Err(end) = worked {
                return end;
            }
        }
    }

    async fn write(&mut self, text: String, writer: &mut (impl Sink<Message> + Unpin)) -> Result<(), End> {
        if !within(writer.feed(Message::text(text))).await {
            return Err(End::Gone);
        }
        self.unflushed += 1;
        Ok(())
    }

    /// Works one message.
    async fn work(&mut self, text: &str, writer: &mut (impl Sink<Message> + Unpin)) -> Result<(), End> {
        match protocol::read(text) {
            Err(reason) => Err(self.fault(Close::not_a_message(reason), writer).await),
            Ok(FromCaller::Init(_)) if self.caller.is_some() => {
                Err(self.fault(Close::initialised_twice(), writer).await)
            }
            Ok(FromCaller::Init(payload)) => {
                self.caller = Some(self.speaker(payload));
                self.write(protocol::acknowledge(self.subprotocol), writer).await
            }
            Ok(FromCaller::Start { id, payload }) => match self.caller.clone() {
                Some(caller) => self.start(&caller, &id, payload, writer).await,
                None => Err(self.fault(Close::not_initialised(), writer).await),
            },
            Ok(FromCaller::Stop { id }) => {
                let stopped = self.operations.stop(&id);
                match self.subprotocol {
                    Subprotocol::Older if stopped => self.write(protocol::complete(&id), writer).await,
                    _ => Ok(()),
                }
            }
            Ok(FromCaller::Ping) => self.write(protocol::pong(), writer).await,
            Ok(FromCaller::Pong) => Ok(()),
            Ok(FromCaller::Terminate) => Err(End::Gone),
        }
    }

    /// How the connection ends after a fault of the caller; in the older subprotocol it is told in a message.
    async fn fault(&mut self, close: Close, writer: &mut (impl Sink<Message> + Unpin)) -> End {
        if self.subprotocol == Subprotocol::Older {
            // The close says the same, should the message not get through.
            let _ = self.write(protocol::connection_error(&close.reason), writer).await;
        }
        End::Close(close)
    }

    fn speaker(&self, payload: Option<&RawValue>) -> Speaker {
        #[derive(Deserialize)]
        struct Init {
            token: Option<String>,
        }

        // What is no object, or has no token, is nobody's.
        let init = payload.and_then(|payload| serde_json::from_str::<Init>(payload.get()).ok());
        let registry = init.and_then(|init| self.app.registry_of(&init.token?));
        let mut data = Data::default();
        data.insert(Caller(registry.clone()));
        data.insert(self.lagged.clone());
        if self.subprotocol == Subprotocol::Older {
            data.insert(OlderProtocol);
        }
        Speaker { registry, data: Arc::new(data) }
    }

    /// Begins an operation.
    async fn start(
        &mut self,
        caller: &Speaker,
        id: &str,
        request: &RawValue,
        writer: &mut (impl Sink<Message> + Unpin),
    ) -> Result<(), End> {
        if self.operations.is_open(id) {
            return Err(self.fault(Close::subscriber_exists(id), writer).await);
        }
        let begun = match self.direct(caller, request) {
            Some(Answer::Once(payload)) => {
                self.write(protocol::next(self.subprotocol, id, &payload), writer).await?;
                return self.write(protocol::complete(id), writer).await;
            }
            Some(Answer::Stream(payloads)) => self.operations.begin(id.to_owned(), payloads),
            None => match serde_json::from_str::<Request>(request.get()) {
                Ok(request) => {
                    let responses =
                        self.app.schema.execute_stream_with_session_data(request, Arc::clone(&caller.data));
                    self.operations.begin(id.to_owned(), responses.map(|response| payload(&response)))
                }
                Err(error) => {
                    let reason = format!("expected an object with `query` and `variables`: {error}");
                    return Err(self.fault(Close::not_a_message(reason), writer).await);
                }
            },
        };
        match begun {
            Ok(()) => Ok(()),
            Err(NotBegun::Taken) => Err(self.fault(Close::subscriber_exists(id), writer).await),
            Err(NotBegun::TooMany) => {
                let error = ServerError::new("too many operations are open on this websocket", None);
                let refusal = payload(&Response::from_errors(vec![error]));
                self.write(protocol::next(self.subprotocol, id, &refusal), writer).await?;
                self.write(protocol::complete(id), writer).await
            }
        }
    }

    /// What needs no engine. Callers on the older subprotocol are told at another pace, which the engine keeps.
    fn direct(&self, caller: &Speaker, request: &RawValue) -> Option<Answer> {
        let registry = caller.registry.as_ref().filter(|_| self.subprotocol == Subprotocol::Newer)?;
        let body: Body<'_> = serde_json::from_str(request.get()).ok()?;
        self.app.direct.execute(registry, Some(&self.lagged), &body)
    }
}

/// Waits for what happens next. Cancel-safe.
async fn step(
    reader: &mut (impl Stream<Item = Result<Message, axum::Error>> + Unpin),
    operations: &mut Operations,
) -> Step {
    tokio::select! {
        heard = reader.next() => Step::Heard(heard),
        told = operations.next() => Step::Told(told),
    }
}

/// Whether something was written. A caller that does not read for so long counts as gone.
async fn within<E>(writing: impl Future<Output = Result<(), E>>) -> bool {
    matches!(timeout(WRITING, writing).await, Ok(Ok(())))
}
