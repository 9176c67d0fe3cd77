//! A server that does what a test tells it, on a port of the system's choice.
//!
//! It keeps assignations like a real one: GraphQL over HTTP on `/graphql`, subscriptions there over a websocket. What a
//! test lets happen is either told and kept, kept alone (the subscription lost it), or told alone (it was forgotten).
//! States are kept and told in the same way.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rekuest_client::{Access, AccessSource, Client, Endpoints, HttpOptions, Timing};
use rekuest_core::message::CallerCapabilities;
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

/// How long a test waits for something that has to happen.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is done with an `assign`, by the script of a test.
pub(crate) type Script = Box<dyn Fn(&Peer, &str) + Send + Sync>;

#[derive(Clone)]
pub(crate) struct Peer {
    pub(crate) base: String,
    world: Arc<Mutex<World>>,
    changed: Arc<watch::Sender<u64>>,
}

/// Everything that the server knows and is told to do.
#[derive(Default)]
pub(crate) struct World {
    /// The names of the operations that were posted, in order.
    pub(crate) posted: Vec<String>,
    /// The names of the operations that came over websockets beside the subscription, in order.
    pub(crate) operated: Vec<String>,
    /// The payload of `connection_ack`, if it has one.
    pub(crate) acknowledges: Option<Value>,
    /// The operation over a websocket that is done, and cuts it before it is answered.
    pub(crate) cuts_at: Option<&'static str>,
    /// What every operation over a websocket is refused with.
    pub(crate) refuses: Option<&'static str>,
    /// Whether the agents of calls are connected.
    pub(crate) agent_connected: bool,
    /// Whether that was asked for.
    pub(crate) asked_for_agents: bool,
    /// The values of the header `Authorization`, in order.
    pub(crate) authorizations: Vec<String>,
    /// The inputs of `assign`.
    pub(crate) assigned: Vec<Value>,
    /// The assignations whose cancellation was asked for.
    pub(crate) cancelled: Vec<String>,
    /// What was sent over the websockets, by the client.
    pub(crate) frames: Vec<Value>,
    /// The only token that is taken; any if there is none.
    pub(crate) token: Option<String>,
    /// What every post is answered with.
    pub(crate) fault: Option<(u16, &'static str)>,
    /// What `assign` and `reserve` are answered with after they were accepted.
    pub(crate) assign_fault: Option<(u16, &'static str)>,
    /// Whether new websockets are refused.
    pub(crate) no_sockets: bool,
    /// How many were refused.
    pub(crate) refused_sockets: usize,
    /// Whether websockets are not read any more once they are subscribed.
    pub(crate) deaf: bool,
    /// Whether `connection_init` is not acknowledged.
    pub(crate) unimpressed: bool,
    /// The only token that subscriptions take; any if there is none.
    pub(crate) subscription_token: Option<String>,
    /// The variables of `action`, in order.
    pub(crate) asked: Vec<Value>,
    /// What `implementations`, `agents` and `action` say.
    pub(crate) implementations: Value,
    pub(crate) agents: Value,
    pub(crate) action: Value,
    /// What `actions` is cut from, as lists are asked for page by page.
    pub(crate) actions: Vec<Value>,
    /// The variables of `actions`, `implementations` and `agents`, in order.
    pub(crate) lists: Vec<Value>,
    /// `FUNCTION` or `GENERATOR`.
    pub(crate) kind: &'static str,
    /// What the reservations are, by id.
    pub(crate) reservations: BTreeMap<String, Value>,
    /// The inputs of `reserve`.
    pub(crate) reserved: Vec<Value>,
    /// The reservations that were ended.
    pub(crate) unreserved: Vec<String>,
    /// What `state` says, by id.
    pub(crate) states: BTreeMap<String, Value>,
    /// Held by a test, the answers to `state` wait, with what they say already fixed.
    pub(crate) reads: Arc<tokio::sync::Mutex<()>>,
    assignations: BTreeMap<String, Kept>,
    events: u64,
    subscribers: Vec<mpsc::UnboundedSender<Option<String>>>,
    /// Those who are told about states, and which.
    watchers: Vec<(String, mpsc::UnboundedSender<Option<String>>)>,
    script: Option<Arc<Script>>,
}

struct Kept {
    reference: String,
    done: bool,
    events: Vec<Value>,
}

impl Peer {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let world = World { kind: "FUNCTION", ..World::default() };
        let peer = Self {
            base: format!("http://{address}"),
            world: Arc::new(Mutex::new(world)),
            changed: Arc::new(watch::channel(0).0),
        };
        let routes = Router::new()
            .route("/graphql", get(subscribe).post(post))
            .route("/ht", get(async || "ok"))
            .with_state(peer.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        peer
    }

    /// A server that does this with every call before it answers.
    pub(crate) async fn scripted(script: impl Fn(&Self, &str) + Send + Sync + 'static) -> Self {
        let peer = Self::start().await;
        peer.script(script);
        peer
    }

    /// Does this with every call before it answers.
    pub(crate) fn script(&self, script: impl Fn(&Self, &str) + Send + Sync + 'static) {
        self.world().script = Some(Arc::new(Box::new(script)));
    }

    pub(crate) fn access(&self, token: &str) -> Access {
        Access::new(Endpoints::from_base(&self.base).expect("a base url"), token)
    }

    /// A client of this server that is not patient.
    pub(crate) async fn client(&self) -> Client {
        let access = Arc::new(self.access("token"));
        Self::impatient(access).await
    }

    /// A client that is not patient, with another access.
    pub(crate) async fn impatient(access: Arc<dyn AccessSource>) -> Client {
        let mut timing = Timing::default();
        timing.poll_first = Duration::from_millis(40);
        timing.poll_longest = Duration::from_millis(200);
        timing.reconnect_first = Duration::from_millis(20);
        timing.reconnect_longest = Duration::from_millis(100);
        timing.acceptance_timeout = Duration::from_millis(300);
        let mut http = HttpOptions::default();
        http.request_timeout = Duration::from_secs(2);
        timing.ping_interval = Duration::from_millis(100);
        timing.silence_timeout = Duration::from_millis(500);
        timing.acknowledge_timeout = Duration::from_millis(200);
        Client::builder().access(access).timing(timing).http(http).build().await.expect("a client")
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().expect("the world")
    }

    /// From now on, operations are taken over websockets, and calls can be interrupted, paused, resumed and make steps.
    pub(crate) fn announces_everything(&self) {
        self.world().acknowledges = Some(CallerCapabilities::ALL.to_payload());
    }

    /// Waits until the world is as it should be.
    pub(crate) async fn until<T>(&self, what: &str, found: impl Fn(&World) -> Option<T>) -> T {
        let mut changed = self.changed.subscribe();
        let waiting = async {
            loop {
                changed.borrow_and_update();
                if let Some(found) = found(&self.world()) {
                    return found;
                }
                changed.changed().await.expect("the world goes on");
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("never happened: {what}"))
    }

    /// The id of the first call, once it was made.
    pub(crate) async fn assigned(&self) -> String {
        self.until("an assign", |world| world.assignations.keys().next().cloned()).await
    }

    /// Waits until an operation was posted so many times.
    pub(crate) async fn posted(&self, name: &str, times: usize) {
        let what = format!("{times} times {name}");
        self.until(&what, |world| (world.count(name) >= times).then_some(())).await;
    }

    pub(crate) async fn subscribed(&self) {
        self.until("a subscription", |world| {
            world.subscribers.iter().any(|to| !to.is_closed()).then_some(())
        })
        .await;
    }

    /// Something happens to a call: it is told and kept.
    pub(crate) fn happens(&self, id: &str, kind: &str, more: Value) {
        let event = self.keep(id, kind, more);
        self.tell(&json!({"create": null, "event": event}));
    }

    /// Something happens that the subscription loses.
    pub(crate) fn keep(&self, id: &str, kind: &str, more: Value) -> Value {
        let mut world = self.world();
        world.events += 1;
        let mut event = json!({"id": world.events.to_string(), "kind": kind, "returns": null, "message": null,
            "progress": null, "level": "INFO", "assignation": {"id": id}});
        let fields = event.as_object_mut().expect("an object");
        fields.extend(more.as_object().cloned().unwrap_or_default());
        let kept = world.assignations.get_mut(id).expect("a known assignation");
        fields.insert("reference".to_owned(), json!(kept.reference));
        kept.done |= ["DONE", "ERROR", "CRITICAL", "CANCELLED", "INTERUPTED"].contains(&kind);
        kept.events.push(event.clone());
        event
    }

    /// Tells all subscribers.
    pub(crate) fn tell(&self, change: &Value) {
        let message = json!({"type": "next", "id": "1", "payload": {"data": {"assignations": change}}});
        let text = message.to_string();
        self.world().subscribers.retain(|to| to.send(Some(text.clone())).is_ok());
    }

    /// Some progress that is told and not kept.
    pub(crate) fn tell_progress(&self, id: &str) {
        let (event, reference) = {
            let mut world = self.world();
            world.events += 1;
            (world.events, world.assignations[id].reference.clone())
        };
        self.tell(&json!({"event": {"id": event.to_string(), "kind": "PROGRESS", "reference": reference}}));
    }

    /// What an agent sends for a call that returns this.
    pub(crate) fn returns(&self, id: &str, returns: Value) {
        self.happens(id, "PROGRESS", json!({"progress": 0, "message": "Queued for running"}));
        self.happens(id, "YIELD", json!({"returns": returns}));
        self.happens(id, "DONE", json!({}));
    }

    /// Cuts every websocket.
    pub(crate) fn cut(&self) {
        let mut world = self.world();
        let watchers = std::mem::take(&mut world.watchers).into_iter().map(|(_, to)| to);
        for to in watchers.chain(std::mem::take(&mut world.subscribers)) {
            // One that is gone already is cut.
            let _ = to.send(None);
        }
    }

    /// The state `Counter` of the app `counter` is there, and holds this; under another id than before, say.
    pub(crate) fn shows(&self, id: &str, value: Value) {
        let mut world = self.world();
        world.states.clear();
        world.agents = json!([{"id": "1", "name": "counter:1", "connected": true, "instanceId": "default",
            "states": [{"id": id, "interface": "Counter"}]}]);
        drop(world);
        self.keep_state(id, value);
    }

    /// The state is gone, as after a restart of the server.
    pub(crate) fn hides(&self) {
        let mut world = self.world();
        world.states.clear();
        world.agents = json!([]);
    }

    /// A state changes: it is told and kept.
    pub(crate) fn changes(&self, id: &str, value: Value) {
        let state = self.keep_state(id, value);
        self.tell_state(id, &state);
    }

    /// A state changes, and the subscription loses it.
    pub(crate) fn keep_state(&self, id: &str, value: Value) -> Value {
        let mut world = self.world();
        world.events += 1;
        let time = format!("2025-11-23T12:00:00.{:06}+00:00", world.events);
        let state = json!({"id": id, "value": value, "updatedAt": time, "agent": {"connected": true}});
        world.states.insert(id.to_owned(), state.clone());
        state
    }

    /// A reservation changes: it is told and kept, or kept alone.
    pub(crate) fn reviews(&self, id: &str, viable: usize, is_told: bool) {
        let mut now = reservation(id, viable);
        let mut world = self.world();
        world.events += 1;
        now["updatedAt"] = json!(format!("2025-11-23T12:00:00.{:06}+00:00", world.events));
        world.reservations.insert(id.to_owned(), now.clone());
        let message =
            json!({"type": "next", "id": "1", "payload": {"data": {"reservations": now}}}).to_string();
        world.subscribers.retain(|to| !is_told || to.send(Some(message.clone())).is_ok());
    }

    /// Tells those who watch a state.
    pub(crate) fn tell_state(&self, id: &str, state: &Value) {
        let message = json!({"type": "next", "id": "1", "payload": {"data": {"stateUpdateEvents": state}}});
        let text = message.to_string();
        self.world().watchers.retain(|(of, to)| of != id || to.send(Some(text.clone())).is_ok());
    }

    /// Waits until somebody watches this state.
    pub(crate) async fn watched(&self, id: &str) {
        let is_watched = |world: &World| world.watchers.iter().any(|(of, to)| of == id && !to.is_closed());
        self.until("a watch", |world| is_watched(world).then_some(())).await;
    }

    /// Forgets every assignation, as a restart does.
    pub(crate) fn forget(&self) {
        self.world().assignations.clear();
    }

    fn change(&self) {
        self.changed.send_modify(|version| *version += 1);
    }

    fn answer(&self, name: &str, variables: &Value) -> Result<Value, String> {
        let input = &variables["input"];
        match name {
            "assign" => {
                let mut world = self.world();
                let id = (100 + world.assigned.len()).to_string();
                world.assigned.push(input.clone());
                let reference = input["reference"].as_str().expect("a reference").to_owned();
                world.assignations.insert(id.clone(), Kept { reference, done: false, events: vec![] });
                let script = world.script.clone();
                drop(world);
                if let Some(script) = script {
                    script(self, &id);
                }
                Ok(json!({"id": id}))
            }
            "interrupt" | "pause" | "resume" | "step" => Ok(json!({"id": input["assignation"]})),
            "cancel" => {
                let id = input["assignation"].as_str().expect("an id");
                self.world().cancelled.push(id.to_owned());
                Ok(json!({"id": id}))
            }
            "assignation" => {
                let world = self.world();
                let id = variables["id"].as_str().expect("an id");
                let kept = world
                    .assignations
                    .get(id)
                    .ok_or("Assignation matching query does not exist.".to_owned())?;
                let last: Vec<&Value> = kept.events.iter().rev().take(10).collect();
                Ok(json!({"id": id, "isDone": kept.done, "reference": kept.reference,
                    "action": {"kind": world.kind}, "agent": {"connected": world.agent_connected}, "events": last}))
            }
            "assignations" => {
                let world = self.world();
                let own = world.assignations.iter();
                Ok(own.map(|(id, kept)| json!({"id": id, "reference": kept.reference})).collect())
            }
            "implementations" | "agents" | "actions" => {
                let mut world = self.world();
                world.lists.push(variables.clone());
                let all = match name {
                    "implementations" => world.implementations.clone(),
                    "agents" => world.agents.clone(),
                    _ => world.actions.clone().into(),
                };
                Ok(page(all, &variables["pagination"]))
            }
            "implementationAt" | "myImplementationAt" => {
                let mut world = self.world();
                world.lists.push(variables.clone());
                Ok(world.implementations[0].clone())
            }
            "action" => {
                let mut world = self.world();
                world.asked.push(variables.clone());
                Ok(world.action.clone())
            }
            "reserve" => {
                let mut world = self.world();
                let id = (500 + world.reserved.len()).to_string();
                world.reserved.push(input.clone());
                let mut made = reservation(&id, 0);
                made["reference"] = input["reference"].clone();
                world.reservations.insert(id, made.clone());
                Ok(made)
            }
            "unreserve" => {
                let mut world = self.world();
                let id = input["reservation"].as_str().expect("an id").to_owned();
                world.reservations.remove(&id);
                world.unreserved.push(id.clone());
                Ok(json!(id))
            }
            "reservation" => {
                let id = variables["id"].as_str().expect("an id");
                let known = self.world().reservations.get(id).cloned();
                known.ok_or("Reservation matching query does not exist.".to_owned())
            }
            "myreservations" => Ok(self.world().reservations.values().cloned().collect()),
            "state" => {
                let id = variables["id"].as_str().expect("an id");
                let state = self.world().states.get(id).cloned();
                state.ok_or("State matching query does not exist.".to_owned())
            }
            other => Err(format!("Cannot query field '{other}'")),
        }
    }
}

impl World {
    pub(crate) fn count(&self, name: &str) -> usize {
        self.posted.iter().filter(|posted| *posted == name).count()
    }

    pub(crate) fn subscribers_are_gone(&self) -> bool {
        self.subscribers.iter().all(mpsc::UnboundedSender::is_closed)
    }

    pub(crate) fn watchers_are_gone(&self) -> bool {
        self.watchers.iter().all(|(_, to)| to.is_closed())
    }
}

/// A reservation that so many implementations are viable for.
pub(crate) fn reservation(id: &str, viable: usize) -> Value {
    let agent = json!({"id": "1", "name": "app:1", "connected": true, "instanceId": "default"});
    let one =
        |id: usize| json!({"id": id.to_string(), "interface": "f", "extension": "default", "agent": agent});
    json!({"id": id, "title": null, "reference": "r", "strategy": "LEAST_BUSY", "viable": viable > 0, "happy": viable > 0,
        "action": {"id": "1"}, "implementations": (0..viable).map(one).collect::<Vec<_>>()})
}

/// The part of a list that is asked for; all of it if none is.
fn page(all: Value, pagination: &Value) -> Value {
    let (Some(offset), Some(limit)) = (pagination["offset"].as_u64(), pagination["limit"].as_u64()) else {
        return all;
    };
    let count = |number: u64| usize::try_from(number).expect("a count");
    let all = all.as_array().expect("a list").iter();
    all.skip(count(offset)).take(count(limit)).cloned().collect()
}

async fn post(State(peer): State<Peer>, headers: HeaderMap, body: String) -> Response {
    let body: Value = serde_json::from_str(&body).expect("a JSON body");
    let name = asked_for(&body);
    if name == "assignation" && body["query"].as_str().is_some_and(|query| query.contains("connected")) {
        peer.world().asked_for_agents = true;
    }
    let authorization = headers.get("authorization").map(|value| value.to_str().expect("text").to_owned());
    let refused = {
        let mut world = peer.world();
        world.posted.push(name.clone());
        let expected = world.token.as_ref().map(|token| format!("Bearer {token}"));
        let refused = expected.is_some() && expected != authorization;
        world.authorizations.push(authorization.unwrap_or_default());
        refused
    };
    let fault = peer.world().fault;
    let response = match fault {
        Some(fault) => html(fault),
        None if refused => errors("User is not set in the request context"),
        None => {
            let answer = peer.answer(&name, &body["variables"]);
            peer.change();
            if name == "state" {
                let reads = Arc::clone(&peer.world().reads);
                drop(reads.lock().await);
            }
            let fault = peer.world().assign_fault.filter(|_| matches!(name.as_str(), "assign" | "reserve"));
            match (fault, answer) {
                (Some(fault), _) => html(fault),
                (None, Ok(data)) => json!({"data": {name: data}}).to_string().into_response(),
                (None, Err(message)) => errors(&message),
            }
        }
    };
    peer.change();
    response
}

/// The one field that an operation asks for.
fn asked_for(body: &Value) -> String {
    let document = body["query"].as_str().expect("a document");
    let field = document.split_once('{').expect("a selection").1.trim_start();
    field.chars().take_while(|letter| letter.is_alphanumeric()).collect()
}

/// What an operation over a websocket is answered with; none if it is cut instead.
fn operate(peer: &Peer, token: &Value, body: &Value) -> Option<Value> {
    let name = asked_for(body);
    let refused = {
        let mut world = peer.world();
        world.operated.push(name.clone());
        world.token.as_ref().is_some_and(|expected| *token != json!(expected))
    };
    if refused {
        return Some(
            json!({"data": null, "errors": [{"message": "User is not set in the request context"}]}),
        );
    }
    let refuses = peer.world().refuses;
    let answer = match refuses {
        Some(message) => Err(message.to_owned()),
        None => peer.answer(&name, &body["variables"]),
    };
    if peer.world().cuts_at.take_if(|cuts_at| *cuts_at == name).is_some() {
        return None;
    }
    Some(match answer {
        Ok(data) => json!({"data": {name: data}}),
        Err(message) => json!({"data": null, "errors": [{"message": message}]}),
    })
}

fn errors(message: &str) -> Response {
    json!({"data": null, "errors": [{"message": message, "path": ["x"]}]}).to_string().into_response()
}

fn html((status, body): (u16, &'static str)) -> Response {
    (StatusCode::from_u16(status).expect("a status"), body).into_response()
}

async fn subscribe(State(peer): State<Peer>, upgrade: WebSocketUpgrade) -> Response {
    if peer.world().no_sockets {
        peer.world().refused_sockets += 1;
        peer.change();
        return html((503, "busy"));
    }
    upgrade.protocols(["graphql-transport-ws"]).on_upgrade(move |socket| serve(peer, socket))
}

async fn serve(peer: Peer, mut socket: WebSocket) {
    let (sender, mut telling) = mpsc::unbounded_channel::<Option<String>>();
    let mut sender = Some(sender);
    let mut token = Value::Null;
    loop {
        let frame = tokio::select! {
            told = telling.recv() => match told {
                Some(Some(text)) if socket.send(Message::text(text.clone())).await.is_ok() => continue,
                _ => return,
            },
            frame = socket.recv() => frame,
        };
        let Some(Ok(frame)) = frame else { break };
        let Message::Text(text) = frame else { continue };
        let frame: Value = serde_json::from_str(&text).expect("a JSON frame");
        peer.world().frames.push(frame.clone());
        let answer = match frame["type"].as_str().expect("a type") {
            "connection_init" => {
                token = frame["payload"]["token"].clone();
                let world = peer.world();
                (!world.unimpressed).then(|| match &world.acknowledges {
                    Some(payload) => json!({"type": "connection_ack", "payload": payload}),
                    None => json!({"type": "connection_ack"}),
                })
            }
            "subscribe" if frame["id"] != "1" => {
                let Some(payload) = operate(&peer, &token, &frame["payload"]) else { return };
                let next = json!({"id": frame["id"], "type": "next", "payload": payload});
                socket.send(Message::text(next.to_string())).await.expect("the socket is open");
                Some(json!({"id": frame["id"], "type": "complete"}))
            }
            "subscribe" => {
                let expected = peer.world().subscription_token.clone();
                if expected.is_some_and(|expected| token != json!(expected)) {
                    Some(
                        json!({"type": "error", "id": "1", "payload": [{"message": "User is not set in the request"}]}),
                    )
                } else {
                    let mut world = peer.world();
                    match frame["payload"]["variables"]["stateId"].as_str() {
                        Some(id) => world.watchers.extend(sender.take().map(|to| (id.to_owned(), to))),
                        None => world.subscribers.extend(sender.take()),
                    }
                    None
                }
            }
            _ => None,
        };
        if let Some(answer) = answer {
            socket.send(Message::text(answer.to_string())).await.expect("the socket is open");
        }
        peer.change();
        let deaf = peer.world().deaf && sender.is_none();
        if deaf {
            std::future::pending::<()>().await;
        }
    }
    // The client is gone; whoever waits for that looks at the subscribers.
    drop(telling);
    peer.change();
}
