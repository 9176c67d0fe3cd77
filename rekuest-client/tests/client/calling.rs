//! Calls that go well, and every other way they end.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use rekuest_client::{Action, Client, args};
use rekuest_core::__private::ActionRef;
use rekuest_core::caller::{CallEvent, CallOptions, CallRequest, CallTarget};
use rekuest_core::{Call, CallError, Demand, Dependency, Port, PortKind};
use serde_json::value::to_raw_value;
use serde_json::{Value, json};

use crate::peer::Peer;

/// The call of an action by its hash.
pub(crate) fn request(args: &serde_json::Value) -> CallRequest {
    CallRequest::new(CallTarget::ActionHash("hash".to_owned()), to_raw_value(args).expect("json"))
}

/// A typed call, as a stub makes it.
pub(crate) fn add(client: &Client) -> Call<'_, i64> {
    let args = to_raw_value(&json!({"a": 1, "b": 2})).expect("json");
    Call::new(client, CallTarget::ActionHash("hash".to_owned()), async move { Ok(args) })
}

/// A call of a function that is known by its name in the source, as a stub makes it.
fn look<'c>(client: &'c Client, function: &'static ActionRef) -> Call<'c, i64> {
    let args = to_raw_value(&json!({"x": 1})).expect("json");
    Call::of(client, function, async move { Ok(args) })
}

/// An action `(x: INT, name: STRING | null) -> STRING` that was found.
async fn action(peer: &Peer, client: &Client) -> Action {
    peer.world().action = json!({"id": "5", "hash": "abc", "name": "Greet", "kind": "FUNCTION",
        "description": "Greets", "args": [{"key": "x", "kind": "INT"}, {"key": "name", "kind": "STRING", "nullable": true}],
        "returns": [{"key": "return0", "kind": "STRING"}]});
    client.action("5").await.expect("the action")
}

#[tokio::test]
async fn a_call_returns_what_was_yielded() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let agent = async {
        let id = peer.assigned().await;
        peer.returns(&id, json!({"return0": 3}));
    };
    let (sum, ()) = tokio::join!(add(&client), agent);
    assert_eq!(sum.expect("a sum"), 3);
    let assigned = peer.world().assigned[0].clone();
    assert_eq!(assigned["args"], json!({"a": 1, "b": 2}));
    assert_eq!((&assigned["actionHash"], &assigned["instanceId"]), (&json!("hash"), &json!("default")));
    assert!(assigned.get("action").is_none() && assigned.get("implementation").is_none());
}

#[tokio::test]
async fn events_before_the_answer_of_assign_count() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    let client = peer.client().await;
    for _ in 0..3 {
        assert_eq!(add(&client).await.expect("a sum"), 3);
    }
    assert_eq!(peer.world().frames.iter().filter(|frame| frame["type"] == "subscribe").count(), 1);
}

#[tokio::test]
async fn nothing_is_asked_about_calls_once_the_subscription_has_shown_that_it_is_active() {
    let peer = Peer::start().await;
    let client = Client::builder().access(Arc::new(peer.access("token"))).build().await.expect("a client");
    let mut call = client.start(request(&json!({}))).await.expect("started");
    peer.subscribed().await;
    peer.tell(
        &json!({"event": {"id": "first", "kind": "PROGRESS", "reference": call.reference().to_string()}}),
    );
    assert!(matches!(call.next().await, Ok(Some(CallEvent::Progress { .. }))));
    call.detach();

    let asked = peer.world().count("assignation");
    peer.script(|peer, id| peer.returns(id, json!({"return0": 3})));
    for _ in 0..3 {
        assert_eq!(add(&client).await.expect("a sum"), 3);
    }
    assert_eq!(peer.world().count("assignation"), asked);
}

#[tokio::test]
async fn the_token_travels_in_the_header_and_in_connection_init_alone() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    peer.world().token = Some("token".to_owned());
    add(&peer.client().await).await.expect("a sum");
    let world = peer.world();
    assert!(world.authorizations.iter().all(|header| header == "Bearer token"));
    assert_eq!(world.frames[0], json!({"type": "connection_init", "payload": {"token": "token"}}));
    assert!(!world.frames[1].to_string().contains("\"token\""), "{}", world.frames[1]);
}

#[tokio::test]
async fn every_terminal_kind_ends_a_call() {
    for kind in ["ERROR", "CRITICAL", "CANCELLED", "INTERUPTED"] {
        let peer = Peer::scripted(move |peer, id| peer.happens(id, kind, json!({"message": "boom"}))).await;
        let error = add(&peer.client().await).await.expect_err("an end");
        let fits = match kind {
            "ERROR" => matches!(&error, CallError::Error { message } if message == "boom"),
            "CRITICAL" => matches!(&error, CallError::Critical { message } if message == "boom"),
            "CANCELLED" => matches!(error, CallError::Cancelled),
            _ => matches!(error, CallError::Interrupted),
        };
        assert!(fits, "{kind}: {error:?}");
        assert!(peer.world().cancelled.is_empty(), "what has ended is not cancelled");
    }
}

#[tokio::test]
async fn done_without_a_yield_is_nothing_returned() {
    let peer = Peer::scripted(|peer, id| peer.happens(id, "DONE", json!({}))).await;
    let error = add(&peer.client().await).await.expect_err("nothing");
    assert!(matches!(error, CallError::NothingReturned), "{error:?}");
}

#[tokio::test]
async fn the_events_of_a_call_come_in_order_and_once() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let mut call = client.start(request(&json!({}))).await.expect("started");
    let id = call.assignation().to_owned();
    peer.happens(&id, "PROGRESS", json!({"progress": 40, "message": "half"}));
    peer.happens(&id, "LOG", json!({"level": "WARN", "message": "careful"}));
    peer.happens(&id, "SOMETHING_LATER", json!({}));
    let event = peer.keep(&id, "YIELD", json!({"returns": {"return0": 1}}));
    for _ in 0..3 {
        peer.tell(&json!({"event": event}));
    }
    peer.happens(&id, "DISCONNECTED", json!({}));
    peer.happens(&id, "DONE", json!({}));
    let events: Vec<String> = call.events().map(|event| shown(&event.expect("an event"))).collect().await;
    assert_eq!(events, ["40% half", "WARN careful", r#"{"return0":1}"#, "away"]);
    assert!(call.next().await.expect("over").is_none());
}

fn shown(event: &CallEvent) -> String {
    match event {
        CallEvent::Progress { percent, message } => {
            format!("{}% {}", percent.unwrap_or_default(), message.as_deref().unwrap_or_default())
        }
        CallEvent::Log { level, message } => format!("{level} {message}"),
        CallEvent::Yield(returns) => returns.get().to_owned(),
        CallEvent::Disconnected => "away".to_owned(),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn events_of_another_caller_are_not_ours() {
    let peer = Peer::scripted(|peer, id| {
        let foreign = json!({"id": "9999", "kind": "CRITICAL", "reference": uuid::Uuid::new_v4().to_string(),
            "message": "not ours", "assignation": {"id": "1"}});
        peer.tell(&json!({"event": foreign}));
        peer.returns(id, json!({"return0": 3}));
    })
    .await;
    assert_eq!(add(&peer.client().await).await.expect("a sum"), 3);
}

#[tokio::test]
async fn calls_at_the_same_time_get_their_own_returns() {
    let peer = Peer::scripted(|peer, id| {
        let number: usize = id.parse().expect("a number");
        let x = peer.world().assigned[number - 100]["args"]["x"].clone();
        peer.returns(id, json!({"return0": x}));
    })
    .await;
    let client = peer.client().await;
    let calls = (0..50).map(|x| {
        let client = client.clone();
        async move { client.start(request(&json!({"x": x}))).await?.returns().await }
    });
    for (x, returns) in futures_util::future::join_all(calls).await.into_iter().enumerate() {
        assert_eq!(returns.expect("returns").get(), format!(r#"{{"return0":{x}}}"#));
    }
}

#[tokio::test]
async fn a_timeout_asks_for_the_cancellation() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let error = add(&client).timeout(Duration::from_millis(150)).await.expect_err("a timeout");
    assert!(matches!(error, CallError::Timeout(limit) if limit == Duration::from_millis(150)), "{error:?}");
    let id = peer.assigned().await;
    peer.until("a cancel", |world| world.cancelled.contains(&id).then_some(())).await;
}

#[tokio::test]
async fn a_dropped_call_is_cancelled_and_a_detached_one_is_not() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let kept = client.start(request(&json!({}))).await.expect("started").detach();
    let dropped = client.start(request(&json!({}))).await.expect("started");
    let id = dropped.assignation().to_owned();
    drop(dropped);
    peer.until("a cancel", |world| world.cancelled.contains(&id).then_some(())).await;
    assert!(!peer.world().cancelled.contains(&kept));
}

#[tokio::test]
async fn cancel_asks_the_server_and_the_call_ends_when_the_agent_says_so() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let mut call = client.start(request(&json!({}))).await.expect("started");
    call.cancel().await.expect("asked");
    assert_eq!(peer.world().cancelled, [call.assignation().to_owned()]);
    peer.happens(call.assignation(), "CANCELING", json!({}));
    peer.happens(call.assignation(), "CANCELLED", json!({}));
    assert!(matches!(call.next().await, Err(CallError::Cancelled)));
}

#[tokio::test]
async fn arguments_are_checked_before_anything_is_sent() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let action = action(&peer, &client).await;
    let error = action.call::<String>(args! { x: "one", y: 1 }).await.expect_err("wrong");
    let message = error.to_string();
    assert!(matches!(error, CallError::Arguments(_)), "{message}");
    assert!(message.contains("x: expected INT") && message.contains("y: unknown"), "{message}");
    let world = peer.world();
    assert_eq!(world.count("assign"), 0);
    assert!(world.frames.is_empty());
}

#[tokio::test]
async fn a_found_action_is_called_with_nulls_for_what_is_missing() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": "hello"}))).await;
    let client = peer.client().await;
    let action = action(&peer, &client).await;
    assert_eq!((action.name(), action.hash(), action.description()), ("Greet", "abc", Some("Greets")));
    let text: String = action.call(args! { x: 1 }).await.expect("a greeting");
    assert_eq!(text, "hello");
    let assigned = peer.world().assigned[0].clone();
    assert_eq!((&assigned["action"], &assigned["args"]), (&json!("5"), &json!({"x": 1, "name": null})));
    let returns = action.call_json(args! { x: 1, name: "you" }).await.expect("returns");
    assert_eq!(returns.get(), r#"{"return0":"hello"}"#);
}

#[tokio::test]
async fn returns_of_another_type_are_an_error_of_the_returns() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": "hello"}))).await;
    let client = peer.client().await;
    let error = action(&peer, &client).await.call::<i64>(args! { x: 1 }).await.expect_err("not a number");
    assert!(matches!(error, CallError::Returns(_)), "{error:?}");
}

#[tokio::test]
async fn a_generator_is_a_stream_of_its_items() {
    let peer = Peer::scripted(|peer, id| {
        for item in 0..5 {
            peer.happens(id, "YIELD", json!({"returns": {"return0": item.to_string()}}));
        }
        peer.happens(id, "DONE", json!({}));
    })
    .await;
    peer.world().kind = "GENERATOR";
    let client = peer.client().await;
    let action = action(&peer, &client).await;
    let items = action.stream::<String>(args! { x: 1 }).await.expect("started");
    let items: Vec<String> = items.map(|item| item.expect("an item")).collect().await;
    assert_eq!(items, ["0", "1", "2", "3", "4"]);
}

#[tokio::test]
async fn what_the_server_refuses_is_said_in_its_words() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let action = action(&peer, &client).await;
    peer.world().fault = Some((
        200,
        r#"{"data": null, "errors": [{"message": "Agent is not connected", "path": ["assign"]}]}"#,
    ));
    let error = action.start_with(args! { x: 1 }, CallOptions::default()).await.expect_err("refused");
    assert!(
        matches!(&error, CallError::Refused(message) if message.contains("Agent is not connected")),
        "{error:?}"
    );
}

#[tokio::test]
async fn the_subscription_ends_with_the_last_client_and_call() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let call = client.start(request(&json!({}))).await.expect("started");
    peer.subscribed().await;
    drop(client);
    call.detach();
    peer.until("the end of the subscription", |world| world.subscribers_are_gone().then_some(())).await;
}

#[tokio::test]
async fn a_call_says_what_it_is_a_part_of_and_who_serves_its_dependencies() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    let client = peer.client().await;
    let mut request = request(&json!({}));
    request.options.parent = Some("77".to_owned());
    client.start(request).await.expect("started").returns().await.expect("returns");
    add(&client).dependency("k", "5").dependency("l", "6").await.expect("a sum");
    let world = peer.world();
    assert_eq!(
        (&world.assigned[0]["parent"], &world.assigned[0]["dependencies"]),
        (&json!("77"), &Value::Null)
    );
    assert_eq!(world.assigned[1]["dependencies"], json!({"k": "5", "l": "6"}));
    assert_eq!(world.assigned[1]["parent"], Value::Null);
}

#[tokio::test]
async fn a_function_whose_hash_is_known_is_called_by_it() {
    static LOOK: Dependency = Dependency::new("look", Demand::Hash("abc"));
    static ACTION: ActionRef = ActionRef::new(&LOOK);
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    assert_eq!(look(&peer.client().await, &ACTION).await.expect("a number"), 3);
    let world = peer.world();
    assert_eq!(world.assigned[0]["actionHash"], "abc");
    assert!(world.asked.is_empty() && world.assigned[0].get("action").is_none());
}

#[tokio::test]
async fn a_function_of_which_the_name_or_the_ports_are_known_is_looked_for_at_every_call() {
    static BY_NAME: Dependency = Dependency::new("look", Demand::Name("Look"));
    static NAMED: ActionRef = ActionRef::new(&BY_NAME);
    static ARGS: [Port; 1] = [Port::new(PortKind::Int).keyed("x")];
    static BY_PORTS: Dependency = Dependency::new("look", Demand::Ports { args: &ARGS, returns: &[] });
    static SHAPED: ActionRef = ActionRef::new(&BY_PORTS);
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    let client = peer.client().await;
    for (function, action) in [(&NAMED, "7"), (&NAMED, "8"), (&SHAPED, "9")] {
        peer.world().action = json!({"id": action});
        assert_eq!(look(&client, function).await.expect("a number"), 3);
        let assigned = peer.world().assigned.pop().expect("an assign");
        assert_eq!(assigned["action"], action);
        assert!(assigned.get("actionHash").is_none());
    }
    let world = peer.world();
    let (named, shaped) = (&world.asked[1]["matching"], &world.asked[2]["matching"]);
    assert_eq!(
        (&named["name"], &named["hash"], &named["argMatches"]),
        (&json!("Look"), &Value::Null, &Value::Null)
    );
    assert!(named["key"].is_string());
    assert_eq!((&shaped["forceArgLength"], &shaped["forceReturnLength"]), (&json!(1), &json!(0)));
    assert_eq!(
        (&shaped["argMatches"][0]["kind"], &shaped["argMatches"][0]["at"]),
        (&json!("INT"), &json!(0))
    );
}

#[tokio::test]
async fn a_function_that_nobody_offers_is_not_found_and_said_to_be_what_it_is() {
    static BY_NAME: Dependency = Dependency::new("look", Demand::Name("Look"));
    static LOOK: ActionRef = ActionRef::new(&BY_NAME);
    let peer = Peer::start().await;
    let client = peer.client().await;
    let missing =
        "for the function `look` there is no action with the name `Look`: start an app that offers one";
    let error = look(&client, &LOOK).await.expect_err("none");
    assert!(matches!(error, CallError::NotFound(_)), "{error:?}");
    assert_eq!(error.to_string(), missing);
    peer.world().fault = Some((200, r#"{"data": null, "errors": [{"message": "nothing matches"}]}"#));
    let error = look(&client, &LOOK).await.expect_err("none");
    assert_eq!(error.to_string(), format!("{missing}; the server says: nothing matches"));
    assert_eq!(peer.world().count("assign"), 0);
}

#[tokio::test]
async fn another_call_of_the_same_reference_does_not_answer_for_this_one() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let reference = uuid::Uuid::new_v4();
    let first = add(&client).reference(reference).detach().await.expect("started");
    // It goes on, and ends while the second is made.
    peer.script(move |peer, second| {
        peer.returns(&first, json!({"return0": 1}));
        peer.returns(second, json!({"return0": 2}));
    });
    assert_eq!(add(&client).reference(reference).await.expect("its own"), 2);
}
