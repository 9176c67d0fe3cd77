//! The other end of the websockets: an agent, and a caller that subscribes.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use rekuest_server::RunningServer;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use crate::http::{AGENT, CALLER, data};

/// How long anything may take before a test counts as stuck.
const PATIENCE: Duration = Duration::from_secs(60);

/// A websocket that speaks JSON.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    pub(crate) async fn open(url: &str, subprotocol: Option<&str>) -> Self {
        let mut request = url.into_client_request().expect("a request");
        if let Some(subprotocol) = subprotocol {
            let name = subprotocol.parse().expect("a header");
            request.headers_mut().insert("Sec-WebSocket-Protocol", name);
        }
        // What is too large is for the server to say.
        let any_size = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        Self(connect_async_with_config(request, Some(any_size), true).await.expect("connects").0)
    }

    pub(crate) async fn send(&mut self, frame: Value) {
        self.send_text(frame.to_string()).await;
    }

    pub(crate) async fn send_text(&mut self, text: String) {
        self.0.send(Message::text(text)).await.expect("sends");
    }

    /// The next frame; the close code if there is none.
    pub(crate) async fn next(&mut self) -> Result<Value, Option<u16>> {
        Ok(serde_json::from_str(&self.next_text().await?).expect("JSON"))
    }

    /// The next frame as it is.
    pub(crate) async fn text(&mut self) -> String {
        self.next_text().await.expect("a frame")
    }

    async fn next_text(&mut self) -> Result<String, Option<u16>> {
        loop {
            match timeout(PATIENCE, self.0.next()).await.expect("something comes") {
                Some(Ok(Message::Text(text))) => return Ok(text.to_string()),
                Some(Ok(Message::Close(frame))) => return Err(frame.map(|frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }

    pub(crate) async fn frame(&mut self) -> Value {
        self.next().await.expect("a frame")
    }

    /// The next frame of this type.
    pub(crate) async fn frame_of(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.frame().await;
            if frame["type"] == kind {
                return frame;
            }
        }
    }

    /// The code that the server closes with, after any frames.
    pub(crate) async fn close_code(&mut self) -> u16 {
        loop {
            match self.next().await {
                Ok(_) => {}
                Err(code) => return code.expect("a close code"),
            }
        }
    }

    /// Closes it, and waits until the server has.
    pub(crate) async fn close(mut self) {
        self.0.close(None).await.expect("closes");
        self.ended().await;
    }

    /// Waits until there is nothing more to come.
    pub(crate) async fn ended(&mut self) {
        while !matches!(timeout(PATIENCE, self.0.next()).await.expect("ends"), Some(Err(_)) | None) {}
    }
}

/// A function of two integers, as an agent offers it.
pub(crate) fn add(interface: &str) -> Value {
    json!({
        "interface": interface,
        "dependencies": [],
        "definition": {
            "name": "Add",
            "kind": "FUNCTION",
            "args": [{"key": "a", "kind": "INT"}, {"key": "b", "kind": "INT", "nullable": true, "default": 3}],
            "returns": [{"key": "return0", "kind": "INT"}],
        }
    })
}

/// A function of a text.
pub(crate) fn takes_text() -> Value {
    let mut takes = add("takes");
    takes["definition"]["args"] = json!([{"key": "text", "kind": "STRING"}]);
    takes
}

const SET_STATES: &str = "mutation($i: SetAgentStatesInput!) { setAgentStates(input: $i) { id } }";
const ENSURE: &str = "mutation($i: AgentInput!) { ensureAgent(input: $i) { id } }";
const OFFER: &str = "mutation($i: SetExtensionImplementationsInput!) { setExtensionImplementations(input: $i) { id interface action { id hash } } }";

/// Registers functions, and returns the agent's id and the implementations.
pub(crate) async fn offer(server: &RunningServer, implementations: Value) -> (String, Value) {
    offer_at(server, "default", "app:1", implementations).await
}

/// The same for another instance, whose agent has another name.
pub(crate) async fn offer_at(
    server: &RunningServer,
    instance: &str,
    name: &str,
    implementations: Value,
) -> (String, Value) {
    let states = json!({"i": {"instanceId": instance, "implementations": []}});
    data(server, AGENT, SET_STATES, states).await;
    let about = json!({"i": {"instanceId": instance, "name": name, "extensions": ["default"]}});
    let agent = data(server, AGENT, ENSURE, about).await;
    let offered = json!({"i": {"instanceId": instance, "extension": "default", "runCleanup": true, "implementations": implementations}});
    let mut registered = data(server, AGENT, OFFER, offered).await;
    let id = agent["ensureAgent"]["id"].as_str().expect("an id").to_owned();
    (id, registered["setExtensionImplementations"].take())
}

/// Opens `/agi` and registers; the socket and its INIT.
pub(crate) async fn connect(server: &RunningServer) -> (Socket, Value) {
    connect_at(server, "default").await
}

/// The same for another instance.
pub(crate) async fn connect_at(server: &RunningServer, instance: &str) -> (Socket, Value) {
    let mut socket = Socket::open(&server.agi_url(), None).await;
    socket.send(json!({"id": "r", "type": "REGISTER", "instance_id": instance, "token": AGENT})).await;
    let init = socket.frame().await;
    assert_eq!(init["type"], "INIT", "{init}");
    (socket, init)
}

/// An agent that offers `add` and is connected; its socket and the implementation's id.
pub(crate) async fn adder(server: &RunningServer) -> (Socket, String) {
    let (_, registered) = offer(server, json!([add("add")])).await;
    let (socket, _) = connect(server).await;
    (socket, registered[0]["id"].as_str().expect("an id").to_owned())
}

pub(crate) const ASSIGN: &str =
    "mutation($i: AssignInput!) { assign(input: $i) { id reference latestEventKind } }";

/// Assigns an implementation; the assignation's id.
pub(crate) async fn assign(server: &RunningServer, implementation: &str, args: Value) -> String {
    let input = json!({"i": {"instanceId": "default", "implementation": implementation, "args": args, "reference": "ref"}});
    let made = data(server, CALLER, ASSIGN, input).await;
    made["assign"]["id"].as_str().expect("an id").to_owned()
}

/// What the server says about an assignation.
pub(crate) async fn told(server: &RunningServer, assignation: &str) -> Value {
    let query = "query($id: ID!) { assignation(id: $id) { isDone latestEventKind latestInstructKind statusMessage events { id kind returns message progress level reference } } }";
    data(server, CALLER, query, json!({"id": assignation})).await["assignation"].take()
}

/// The kinds of the events of an assignation, oldest first.
pub(crate) async fn kinds(server: &RunningServer, assignation: &str) -> Vec<String> {
    let told = told(server, assignation).await;
    let events = told["events"].as_array().expect("events").iter().rev();
    events.map(|event| event["kind"].as_str().expect("a kind").to_owned()).collect()
}

/// Opens `/graphql` and subscribes to the caller's assignations. Returns once the subscription is active: the server
/// works what comes on one socket in order, and a query behind it is answered.
pub(crate) async fn subscribe(server: &RunningServer, subprotocol: &str) -> Socket {
    let mut socket = Socket::open(&server.graphql_ws_url(), Some(subprotocol)).await;
    let start = if subprotocol == "graphql-ws" { "start" } else { "subscribe" };
    socket.send(json!({"type": "connection_init", "payload": {"token": CALLER}})).await;
    assert_eq!(socket.frame().await["type"], "connection_ack");
    let query = "subscription { assignations(instanceId: \"default\") { create { id reference } event { id kind returns message reference assignation { id } } } }";
    socket.send(json!({"id": "s", "type": start, "payload": {"query": query}})).await;
    socket.send(json!({"id": "q", "type": start, "payload": {"query": "{ agents { id } }"}})).await;
    loop {
        let frame = socket.frame().await;
        if frame["id"] == "q" && frame["type"] == "complete" {
            return socket;
        }
    }
}

/// The next change that a subscription sends.
pub(crate) async fn change(socket: &mut Socket) -> Value {
    loop {
        let mut frame = socket.frame().await;
        if frame["id"] == "s" {
            assert!(frame["type"] == "next" || frame["type"] == "data", "{frame}");
            return frame["payload"]["data"]["assignations"].take();
        }
    }
}
