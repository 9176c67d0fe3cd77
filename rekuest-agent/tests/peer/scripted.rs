//! The scripted peer: takes the start sequence, hands every websocket to the test.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::{get, post};
use rekuest_agent::{Agent, AgentError, AgentHandle};
use rekuest_client::{Access, Endpoints};
use rekuest_core::{Function, Registry};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;

/// How long a test waits for something that has to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for something that has to come.
pub(crate) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("{what} did not come"))
}

/// A function `waits` that returns 1 once it is told to go on.
pub(crate) fn waits(go_on: &Arc<Notify>) -> Function {
    let go_on = Arc::clone(go_on);
    Function::future("waits", [], move || {
        let go_on = Arc::clone(&go_on);
        async move {
            go_on.notified().await;
            1_i64
        }
    })
}

pub(crate) struct Peer {
    access: Access,
    sockets: mpsc::UnboundedReceiver<Socket>,
    shared: Arc<Shared>,
}

struct Shared {
    sockets: mpsc::UnboundedSender<Socket>,
    /// The id that `ensureAgent` answers with.
    agent: Mutex<String>,
    registrations: AtomicUsize,
    refused_registrations: AtomicUsize,
}

impl Peer {
    pub(crate) async fn start() -> Self {
        let (sender, sockets) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            sockets: sender,
            agent: Mutex::new("1".to_owned()),
            registrations: AtomicUsize::new(0),
            refused_registrations: AtomicUsize::new(0),
        });
        let router = Router::new()
            .route("/graphql", post(graphql))
            .route("/agi", get(agi))
            .with_state(Arc::clone(&shared));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        let endpoints = Endpoints::from_base(&format!("http://{address}")).expect("endpoints");
        Self { access: Access::new(endpoints, "token"), sockets, shared }
    }

    /// From now on the agent has another id: what a server without its former data does.
    pub(crate) fn forget(&self, new_id: &str) {
        new_id.clone_into(&mut self.shared.agent.lock().expect("unpoisoned"));
    }

    /// The next so many registrations are refused with an error.
    pub(crate) fn refuse_registrations(&self, count: usize) {
        self.shared.refused_registrations.store(count, Ordering::SeqCst);
    }

    pub(crate) fn registrations(&self) -> usize {
        self.shared.registrations.load(Ordering::SeqCst)
    }

    /// Starts an agent with these functions.
    pub(crate) fn agent(&self, functions: impl IntoIterator<Item = Function>) -> TestAgent {
        self.agent_that_drains(functions, Duration::from_secs(30))
    }

    pub(crate) fn agent_that_drains(
        &self,
        functions: impl IntoIterator<Item = Function>,
        drain: Duration,
    ) -> TestAgent {
        let mut registry = Registry::new();
        for function in functions {
            registry.add(function).expect("a function");
        }
        let agent = Agent::builder(registry, Arc::new(self.access.clone())).drain(drain).build();
        let agent = agent.expect("an agent");
        let handle = agent.handle();
        TestAgent { handle, task: tokio::spawn(agent.run()) }
    }

    /// The next websocket that the agent opens, before anything was said on it.
    pub(crate) async fn socket(&mut self) -> Socket {
        soon("a connection", self.sockets.recv()).await.expect("the peer lives")
    }

    /// The next websocket, its REGISTER answered with INIT.
    pub(crate) async fn connection(&mut self, inquiries: &[&str]) -> Socket {
        let mut socket = self.socket().await;
        let register = socket.receive().await;
        assert_eq!(register["type"], "REGISTER");
        assert_eq!(register["token"], "token");
        let inquiries: Vec<Value> = inquiries.iter().map(|id| json!({"assignation": id})).collect();
        let agent = self.shared.agent.lock().expect("unpoisoned").clone();
        socket
            .send(json!({"type": "INIT", "instance_id": "default", "agent": agent, "inquiries": inquiries}))
            .await;
        socket
    }
}

/// A running agent; it ends with the test.
pub(crate) struct TestAgent {
    pub(crate) handle: AgentHandle,
    task: JoinHandle<Result<(), AgentError>>,
}

impl TestAgent {
    /// How it ended.
    pub(crate) async fn ended(mut self) -> Result<(), AgentError> {
        soon("the end of the agent", &mut self.task).await.expect("no panic")
    }
}

impl Drop for TestAgent {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn graphql(State(shared): State<Arc<Shared>>, body: String) -> String {
    let request: Value = serde_json::from_str(&body).expect("a GraphQL request");
    let query = request["query"].as_str().expect("a query");
    let data = if query.contains("setAgentStates") {
        json!({"setAgentStates": []})
    } else if query.contains("ensureAgent") {
        json!({"ensureAgent": {"id": *shared.agent.lock().expect("unpoisoned")}})
    } else if query.contains("setExtensionImplementations") {
        let refused = &shared.refused_registrations;
        if refused.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            return json!({"data": null, "errors": [{"message": "not today"}]}).to_string();
        }
        shared.registrations.fetch_add(1, Ordering::SeqCst);
        json!({"setExtensionImplementations": []})
    } else {
        panic!("an agent does not ask for this: {query}")
    };
    json!({"data": data}).to_string()
}

async fn agi(State(shared): State<Arc<Shared>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |websocket| async move {
        let gone = Arc::new(Notify::new());
        let socket = Socket { websocket: Some(websocket), gone: Arc::clone(&gone) };
        if shared.sockets.send(socket).is_ok() {
            gone.notified().await;
        }
    })
}

/// The peer's side of one websocket.
pub(crate) struct Socket {
    websocket: Option<WebSocket>,
    gone: Arc<Notify>,
}

impl Socket {
    fn websocket(&mut self) -> &mut WebSocket {
        self.websocket.as_mut().expect("an open websocket")
    }

    pub(crate) async fn send(&mut self, mut frame: Value) {
        frame["id"] = json!("00000000-0000-4000-8000-000000000001");
        self.send_text(&frame.to_string()).await;
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        self.websocket().send(Message::text(text)).await.expect("the agent listens");
    }

    /// The next frame of the agent.
    pub(crate) async fn receive(&mut self) -> Value {
        loop {
            let message = soon("a frame", self.websocket().recv()).await;
            match message.expect("an open websocket").expect("a frame") {
                Message::Text(text) => return serde_json::from_str(&text).expect("JSON"),
                Message::Close(close) => panic!("expected a frame, the agent closed: {close:?}"),
                _ => {}
            }
        }
    }

    /// The next frame of this type; others are passed over.
    pub(crate) async fn receive_type(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.receive().await;
            if frame["type"] == kind {
                return frame;
            }
        }
    }

    /// The types of the next frames, up to a terminal one.
    pub(crate) async fn receive_to_end(&mut self) -> (Vec<String>, Value) {
        let mut kinds = Vec::new();
        loop {
            let frame = self.receive().await;
            let kind = frame["type"].as_str().expect("a type").to_owned();
            let terminal = matches!(kind.as_str(), "DONE" | "ERROR" | "CRITICAL" | "CANCELLED");
            kinds.push(kind);
            if terminal {
                return (kinds, frame);
            }
        }
    }

    /// Asserts that the agent has nothing more to say: what it answers to a heartbeat is its next frame.
    pub(crate) async fn assert_silent(&mut self) {
        self.send(json!({"type": "HEARTBEAT"})).await;
        let next = self.receive().await;
        assert_eq!(next["type"], "HEARTBEAT_ANSWER", "the agent still had something to say: {next}");
        // An answer overtakes what is queued, so what came after it counts too.
        self.send(json!({"type": "HEARTBEAT"})).await;
        let next = self.receive().await;
        assert_eq!(next["type"], "HEARTBEAT_ANSWER", "the agent still had something to say: {next}");
    }

    pub(crate) async fn assign(&mut self, assignation: &str, interface: &str, args: Value) {
        self.send(json!({
            "type": "ASSIGN", "interface": interface, "extension": "default", "assignation": assignation,
            "reference": "r", "args": args, "user": "1", "org": "o", "app": "caller", "action": "hash",
            "reservation": null, "root": null, "parent": null, "dependencies": {}, "capture": false, "message": null,
        }))
        .await;
    }

    /// Closes with this code.
    pub(crate) async fn close(mut self, code: u16) {
        let frame = CloseFrame { code, reason: "".into() };
        self.websocket().send(Message::Close(Some(frame))).await.expect("the agent listens");
        while let Some(Ok(_)) = self.websocket().recv().await {}
    }

    /// The code that the agent closes with; frames before it are passed over.
    pub(crate) async fn closed(&mut self) -> u16 {
        loop {
            match soon("the close", self.websocket().recv()).await {
                Some(Ok(Message::Close(frame))) => {
                    // Reading on sends the answer.
                    while let Some(Ok(_)) = self.websocket().recv().await {}
                    return frame.map_or(1005, |frame| frame.code);
                }
                Some(Ok(_)) => {}
                _ => return 1006,
            }
        }
    }

    /// Drops the connection without a word.
    pub(crate) fn cut(self) {
        drop(self);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.websocket = None;
        self.gone.notify_one();
    }
}
