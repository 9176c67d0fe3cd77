//! A client and the embedded server: what is searched, reserved and called over real sockets.

use std::sync::Arc;

use futures_util::{SinkExt as _, StreamExt as _};
use rekuest_client::graphql::operations::EnsureAgent;
use rekuest_client::{Access, Action, Client, Endpoints, Graphql, Operation, args};
use rekuest_core::demand::{PortMatch, PortsDemand};
use rekuest_core::{ActionKind, CallError, DemandBuf, PortKind, Token};
use rekuest_server::{Identity, RunningServer, Server};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

/// Offers functions as they are written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Offer {
    instance_id: &'static str,
    extension: &'static str,
    implementations: Vec<Value>,
}

impl Operation for Offer {
    const NAME: &'static str = "Offer";
    const DOCUMENT: &'static str = "mutation Offer($input: SetExtensionImplementationsInput!) { setExtensionImplementations(input: $input) { id } }";
    const FIELD: &'static str = "setExtensionImplementations";
    const INPUT: bool = true;
    const IDEMPOTENT: bool = true;
    type Data = Value;
}

async fn server() -> RunningServer {
    let identity = Identity { client: "app".into(), user: "me".into(), organization: "lab".into() };
    Server::builder().token(Token::new("token"), identity).start().await.expect("the server starts")
}

fn access(server: &RunningServer) -> Arc<Access> {
    Arc::new(Access::new(Endpoints::from_base(&server.url()).expect("a base url"), "token"))
}

fn function(interface: &str, name: &str, takes: &str) -> Value {
    json!({"interface": interface, "dependencies": [], "definition": {"name": name, "kind": "FUNCTION",
        "description": format!("What {name} does."), "collections": ["math"],
        "args": [{"key": "x", "kind": takes}], "returns": [{"key": "return0", "kind": "INT"}]}})
}

/// Registers an instance that offers functions.
async fn offer(server: &RunningServer, instance_id: &'static str, implementations: Vec<Value>) {
    let graphql = Graphql::new(access(server));
    let agent = EnsureAgent { instance_id, name: "calculator:1", extensions: &["default"] };
    graphql.execute(&agent).await.expect("an agent");
    graphql.execute(&Offer { instance_id, extension: "default", implementations }).await.expect("offered");
}

/// Connects an instance, which answers every call with 7 until it is aborted.
async fn connect(server: &RunningServer, instance_id: &'static str) -> JoinHandle<()> {
    let (mut socket, _) = connect_async(server.agi_url()).await.expect("connects");
    let register = json!({"id": "r", "type": "REGISTER", "instance_id": instance_id, "token": "token"});
    socket.send(Message::text(register.to_string())).await.expect("sends");
    let init = socket.next().await.expect("a frame").expect("readable");
    assert!(init.to_text().expect("text").contains("INIT"));
    tokio::spawn(async move {
        while let Some(Ok(Message::Text(text))) = socket.next().await {
            let frame: Value = serde_json::from_str(&text).expect("JSON");
            if frame["type"] == "ASSIGN" {
                let id = &frame["assignation"];
                let yielded =
                    json!({"id": "y", "type": "YIELD", "assignation": id, "returns": {"return0": 7}});
                let done = json!({"id": "d", "type": "DONE", "assignation": id});
                for frame in [yielded, done] {
                    socket.send(Message::text(frame.to_string())).await.expect("sends");
                }
            }
        }
    })
}

fn names(actions: &[Action]) -> Vec<&str> {
    actions.iter().map(Action::name).collect()
}

#[tokio::test]
async fn what_agents_offer_is_searched_by_everything_that_filters_know() {
    let server = server().await;
    offer(&server, "default", vec![function("add", "Add", "INT"), function("blur", "Blur", "STRING")]).await;
    offer(&server, "second", vec![function("add", "Add", "INT"), function("sub", "Subtract", "INT")]).await;
    let _agent = connect(&server, "default").await;
    let client = Client::builder().access(access(&server)).build().await.expect("a client");

    assert_eq!(names(&client.actions().page_size(2).await.expect("a list")), ["Add", "Blur", "Subtract"]);
    assert_eq!(names(&client.actions().connected().await.expect("a list")), ["Add", "Blur"]);
    assert_eq!(names(&client.actions().search("subtract").await.expect("a list")), ["Subtract"]);
    assert_eq!(names(&client.actions().name("Blur").await.expect("a list")), ["Blur"]);
    assert_eq!(names(&client.actions().name_contains("bl").await.expect("a list")), ["Blur"]);
    assert!(client.actions().kind(ActionKind::Generator).await.expect("a list").is_empty());
    assert_eq!(client.actions().collection("math").app("calculator").await.expect("a list").len(), 3);
    let text = PortsDemand {
        matches: vec![PortMatch { kind: Some(PortKind::String), ..PortMatch::default() }],
        length: Some(1),
        ..PortsDemand::default()
    };
    assert_eq!(names(&client.actions().takes(text.clone()).await.expect("a list")), ["Blur"]);

    let adds = client.implementations().interface("add").await.expect("a list");
    assert_eq!((adds.len(), adds[0].args()[0].key.as_str()), (2, "x"));
    let second = client.implementations().instance("second").extension("default").page_size(2);
    assert_eq!(names(&second.await.expect("a list")), ["Add", "Subtract"]);
    assert_eq!(names(&client.implementations().takes(text.clone()).await.expect("a list")), ["Blur"]);

    let agents = client.agents().search("calc").connected().await.expect("a list");
    assert_eq!((agents.len(), agents[0].implementations.len()), (1, 2));
    let demand = DemandBuf { args: text, ..DemandBuf::default() };
    let able = client.agents().implements_like(demand.clone()).await.expect("a list");
    assert_eq!((able.len(), able[0].instance_id.as_str()), (1, "default"));
    assert_eq!(client.agents().instance("second").ids([&able[0].id]).await.expect("a list").len(), 0);

    assert_eq!(client.find_matching(&demand).await.expect("found").name(), "Blur");
    assert_eq!(
        client.implementation_at(&able[0].id, "blur", Some("default")).await.expect("found").name(),
        "Blur"
    );
    assert_eq!(client.my_implementation_at("second", "sub").await.expect("found").name(), "Subtract");
    let missing = client.my_implementation_at("second", "blur").await.expect_err("none");
    assert!(matches!(missing, CallError::NotFound(_)), "{missing}");
    let sum: i64 =
        client.find_by_name("Add").await.expect("found").call(args! { x: 1 }).await.expect("a sum");
    assert_eq!(sum, 7);
    server.shutdown().await;
}

#[tokio::test]
async fn a_reservation_is_watched_called_by_and_ended() {
    let server = server().await;
    offer(&server, "default", vec![function("add", "Add", "INT")]).await;
    let client = Client::builder().access(access(&server)).build().await.expect("a client");
    let action = client.actions().first().await.expect("a list").expect("one");
    let reservation = action.reserve().title("Sums").await.expect("reserved");
    let mut watch = reservation.watch();
    assert!(!watch.next().await.expect("a state").expect("readable").viable);
    let refused = reservation.call::<i64>(args! { x: 1 }).await.expect_err("nobody is there");
    assert!(refused.to_string().contains("No active implementation"), "{refused}");

    let agent = connect(&server, "default").await;
    let now = watch.next().await.expect("a state").expect("readable");
    assert!(now.viable && now.happy && now.implementations[0].interface == "add");
    assert_eq!(reservation.call::<i64>(args! { x: 1 }).await.expect("a sum"), 7);
    agent.abort();
    assert!(!watch.next().await.expect("a state").expect("readable").viable);

    let own = client.my_reservations().await.expect("a list");
    assert_eq!((own.len(), own[0].title.as_deref()), (1, Some("Sums")));
    reservation.unreserve().await.expect("ended");
    assert!(client.my_reservations().await.expect("a list").is_empty());
    server.shutdown().await;
}
