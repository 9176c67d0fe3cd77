//! The scripted peer: takes the start sequence, hands every websocket to the test.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use rekuest_agent::{Agent, AgentBuilder, AgentError, AgentHandle};
use rekuest_client::{Access, AccessSource, Endpoints};
use rekuest_core::{Function, Registry};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;

use crate::state_record::StateRecord;

/// How long a test waits for something that has to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for something that has to come.
pub(crate) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("{what} did not come"))
}

/// Waits until something holds that says no word when it begins to.
pub(crate) async fn until(what: &str, condition: impl Fn() -> bool) {
    soon(what, async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
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
    /// The interfaces of functions that are not taken.
    refused_functions: Mutex<Vec<String>>,
    /// How often functions were refused together.
    refusals: AtomicUsize,
    /// The interfaces that were registered last.
    functions: Mutex<Vec<String>>,
    /// How many drawers were given and taken away, and whether asking for that is answered.
    shelved: AtomicUsize,
    unshelved: AtomicUsize,
    answers_for_drawers: watch::Sender<bool>,
    /// The token that is not taken over HTTP any more.
    expired_token: Mutex<Option<String>>,
    /// The websockets that were opened.
    connections: AtomicUsize,
    states: StateRecord,
}

impl Peer {
    pub(crate) async fn start() -> Self {
        Self::start_on(TcpListener::bind("127.0.0.1:0").await.expect("a port"))
    }

    pub(crate) fn start_on(listener: TcpListener) -> Self {
        let (sender, sockets) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            sockets: sender,
            agent: Mutex::new("1".to_owned()),
            registrations: AtomicUsize::new(0),
            refused_registrations: AtomicUsize::new(0),
            refused_functions: Mutex::default(),
            refusals: AtomicUsize::new(0),
            functions: Mutex::default(),
            shelved: AtomicUsize::new(0),
            unshelved: AtomicUsize::new(0),
            answers_for_drawers: watch::Sender::new(true),
            expired_token: Mutex::default(),
            connections: AtomicUsize::new(0),
            states: StateRecord::default(),
        });
        let router = Router::new()
            .route("/graphql", post(graphql))
            .route("/agi", get(agi))
            .with_state(Arc::clone(&shared));
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

    /// From now on functions with these interfaces are not taken.
    pub(crate) fn refuse_functions(&self, interfaces: &[&str]) {
        *self.shared.refused_functions.lock().expect("unpoisoned") =
            interfaces.iter().map(|&interface| interface.to_owned()).collect();
    }

    /// How often functions were refused together.
    pub(crate) fn refusals(&self) -> usize {
        self.shared.refusals.load(Ordering::SeqCst)
    }

    /// The interfaces that were registered last.
    pub(crate) fn functions(&self) -> Vec<String> {
        self.shared.functions.lock().expect("unpoisoned").clone()
    }

    /// How many drawers were asked for, and how many taken away.
    pub(crate) fn drawers(&self) -> (usize, usize) {
        (self.shared.shelved.load(Ordering::SeqCst), self.shared.unshelved.load(Ordering::SeqCst))
    }

    /// Whether requests about drawers are answered, or left waiting.
    pub(crate) fn answer_for_drawers(&self, answer: bool) {
        self.shared.answers_for_drawers.send_replace(answer);
    }

    /// From now on this token is not taken over HTTP.
    pub(crate) fn expire_token(&self, token: &str) {
        *self.shared.expired_token.lock().expect("unpoisoned") = Some(format!("Bearer {token}"));
    }

    /// How many websockets were opened.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// What it was told of states.
    pub(crate) fn states(&self) -> &StateRecord {
        &self.shared.states
    }

    /// How it is reached.
    pub(crate) fn access(&self) -> &Access {
        &self.access
    }

    /// Starts an agent with these functions.
    pub(crate) fn agent(&self, functions: impl IntoIterator<Item = Function>) -> TestAgent {
        self.agent_with(functions, |builder| builder)
    }

    /// The same with other settings.
    pub(crate) fn agent_with(
        &self,
        functions: impl IntoIterator<Item = Function>,
        settings: impl FnOnce(AgentBuilder) -> AgentBuilder,
    ) -> TestAgent {
        self.agent_of(Arc::new(self.access.clone()), functions, settings)
    }

    /// The same with another source of tokens.
    pub(crate) fn agent_of(
        &self,
        source: Arc<dyn AccessSource>,
        functions: impl IntoIterator<Item = Function>,
        settings: impl FnOnce(AgentBuilder) -> AgentBuilder,
    ) -> TestAgent {
        let mut registry = Registry::new();
        for function in functions {
            registry.add(function).expect("a function");
        }
        let builder = Agent::builder(registry, source)
            .backoff(Duration::from_millis(1), Duration::from_millis(50))
            .grace(Duration::from_millis(300));
        let agent = settings(builder).build().expect("an agent");
        let handle = agent.handle();
        TestAgent { handle, task: tokio::spawn(agent.run()) }
    }

    /// The next websocket that the agent opens, before anything was said on it.
    pub(crate) async fn socket(&mut self) -> Socket {
        soon("a connection", self.sockets.recv()).await.expect("the peer lives")
    }

    /// The next websocket, its REGISTER answered with INIT.
    pub(crate) async fn connection(&mut self, inquiries: &[&str]) -> Socket {
        self.able_connection(&[], inquiries).await
    }

    /// The same to a server that announces these capabilities.
    pub(crate) async fn able_connection(&mut self, capabilities: &[&str], inquiries: &[&str]) -> Socket {
        let mut socket = self.socket().await;
        let register = socket.receive().await;
        assert_eq!(register["type"], "REGISTER");
        assert_eq!(register["token"], "token");
        self.accept(&mut socket, capabilities, inquiries).await;
        socket
    }

    /// Answers REGISTER with INIT.
    pub(crate) async fn accept(&self, socket: &mut Socket, capabilities: &[&str], inquiries: &[&str]) {
        let inquiries: Vec<Value> = inquiries.iter().map(|id| json!({"assignation": id})).collect();
        let agent = self.shared.agent.lock().expect("unpoisoned").clone();
        let mut init =
            json!({"type": "INIT", "instance_id": "default", "agent": agent, "inquiries": inquiries});
        if !capabilities.is_empty() {
            init["capabilities"] = json!(capabilities);
        }
        socket.send(init).await;
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

async fn graphql(state: State<Arc<Shared>>, headers: HeaderMap, body: String) -> Response {
    let answer = answered(state, headers, body).await;
    // What is no JSON is an answer of something in between.
    let status = if answer.starts_with('{') { StatusCode::OK } else { StatusCode::INTERNAL_SERVER_ERROR };
    (status, answer).into_response()
}

async fn answered(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: String) -> String {
    let token = headers.get("authorization").map(|token| token.to_str().expect("a token").to_owned());
    if token.is_some() && token == *shared.expired_token.lock().expect("unpoisoned") {
        return json!({"data": null, "errors": [{"message": "User is not set in the request"}]}).to_string();
    }
    let request: Value = serde_json::from_str(&body).expect("a GraphQL request");
    let query = request["query"].as_str().expect("a query");
    let data = if query.contains("shelveInMemoryDrawer") {
        let drawer = shared.shelved.fetch_add(1, Ordering::SeqCst) + 1;
        answering(&shared).await;
        json!({"shelveInMemoryDrawer": {"id": drawer.to_string()}})
    } else if query.contains("unshelveMemoryDrawer") {
        shared.unshelved.fetch_add(1, Ordering::SeqCst);
        answering(&shared).await;
        json!({"unshelveMemoryDrawer": request["variables"]["input"]["id"]})
    } else if query.contains("setAgentStates") {
        shared.states.registered(&request["variables"]["input"]);
        json!({"setAgentStates": []})
    } else if query.contains("updateState") {
        match shared.states.updated(&request["variables"]["input"]).await {
            Ok(()) => json!({"updateState": {"id": "1"}}),
            Err(refused) => return refused,
        }
    } else if query.contains("ensureAgent") {
        json!({"ensureAgent": {"id": *shared.agent.lock().expect("unpoisoned")}})
    } else if query.contains("setExtensionImplementations") {
        let refused = &shared.refused_registrations;
        if refused.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            return json!({"data": null, "errors": [{"message": "not today"}]}).to_string();
        }
        let offered = interfaces(&request["variables"]["input"]["implementations"]);
        let refused = shared.refused_functions.lock().expect("unpoisoned");
        if offered.iter().any(|interface| refused.contains(interface)) {
            shared.refusals.fetch_add(1, Ordering::SeqCst);
            return json!({"data": null, "errors": [{"message": "a definition is bad"}]}).to_string();
        }
        shared.registrations.fetch_add(1, Ordering::SeqCst);
        *shared.functions.lock().expect("unpoisoned") = offered;
        json!({"setExtensionImplementations": []})
    } else if query.contains("createImplementation") {
        let offered = interfaces(&json!([request["variables"]["input"]["implementation"]]));
        let refused = shared.refused_functions.lock().expect("unpoisoned");
        if let Some(interface) = offered.iter().find(|interface| refused.contains(interface)) {
            return json!({"data": null, "errors": [{"message": format!("bad port in {interface}")}]})
                .to_string();
        }
        let action = json!({"id": "1", "hash": "hash", "name": "name"});
        json!({"createImplementation": {"id": "1", "interface": offered[0], "action": action}})
    } else {
        panic!("an agent does not ask for this: {query}")
    };
    json!({"data": data}).to_string()
}

async fn answering(shared: &Shared) {
    // The sender lives as long as the peer.
    let _ = shared.answers_for_drawers.subscribe().wait_for(|answers| *answers).await;
}

fn interfaces(implementations: &Value) -> Vec<String> {
    let implementations = implementations.as_array().expect("a list of implementations");
    implementations.iter().map(|each| each["interface"].as_str().expect("an interface").to_owned()).collect()
}

async fn agi(State(shared): State<Arc<Shared>>, upgrade: WebSocketUpgrade) -> Response {
    shared.connections.fetch_add(1, Ordering::SeqCst);
    upgrade.max_message_size(64 << 20).max_frame_size(64 << 20).on_upgrade(move |websocket| async move {
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

    pub(crate) async fn send_binary(&mut self, bytes: &'static [u8]) {
        self.websocket().send(Message::binary(bytes)).await.expect("the agent listens");
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
            let terminal =
                matches!(kind.as_str(), "DONE" | "ERROR" | "CRITICAL" | "CANCELLED" | "INTERRUPTED");
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

    /// Says this of an assignation: CANCEL, PAUSE and the like.
    pub(crate) async fn tell(&mut self, kind: &str, assignation: &str) {
        self.send(json!({"type": kind, "assignation": assignation})).await;
    }

    /// The type and the message of the next frame.
    pub(crate) async fn said(&mut self) -> (String, String) {
        let frame = self.receive().await;
        let text = |key: &str| frame[key].as_str().unwrap_or_default().to_owned();
        (text("type"), text("message"))
    }

    pub(crate) async fn assign(&mut self, assignation: &str, interface: &str, args: Value) {
        self.assign_child(assignation, interface, args, None).await;
    }

    /// Assigns on behalf of another assignation.
    pub(crate) async fn assign_child(
        &mut self,
        assignation: &str,
        interface: &str,
        args: Value,
        parent: Option<&str>,
    ) {
        self.send(json!({
            "type": "ASSIGN", "interface": interface, "extension": "default", "assignation": assignation,
            "reference": "r", "args": args, "user": "1", "org": "o", "app": "caller", "action": "hash",
            "reservation": null, "root": null, "parent": parent, "dependencies": {}, "capture": false, "message": null,
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
