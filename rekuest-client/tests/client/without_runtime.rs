//! A client for programs without a runtime. Only the server of these tests has one, of its own.

use std::sync::Arc;
use std::time::Duration;

use rekuest_client::{Action, Client, ConnectError, StateError, args, blocking, map};
use rekuest_core::caller::{CallEvent, CallTarget, Instruction};
use rekuest_core::{Call, CallError, Caller, DemandBuf};
use serde_json::value::to_raw_value;
use serde_json::{Value, json};

use crate::peer::Peer;

/// A peer that returns 3, on a runtime of its own that lives as long as the test.
fn peer() -> (tokio::runtime::Runtime, Peer) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let peer = runtime.block_on(Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))));
    (runtime, peer)
}

fn client(peer: &Peer) -> blocking::Client {
    blocking::Client::new(Client::builder().access(Arc::new(peer.access("token")))).expect("a client")
}

fn add(client: &dyn Caller) -> Call<'_, i64> {
    let args = to_raw_value(&json!({"a": 1, "b": 2})).expect("json");
    Call::new(client, CallTarget::ActionHash("hash".to_owned()), async move { Ok(args) })
}

#[test]
fn calls_are_waited_for_on_plain_threads() {
    let (_runtime, peer) = peer();
    let client = client(&peer);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(add(&client).wait().expect("a sum"), 3));
        }
    });
}

#[test]
fn what_arguments_need_of_a_runtime_is_there() {
    let (_runtime, peer) = peer();
    let client = client(&peer);
    let slow = || {
        let args = async {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Ok(to_raw_value(&json!({"a": 1, "b": 2})).expect("json"))
        };
        Call::<i64>::new(&client, CallTarget::ActionHash("hash".to_owned()), args)
    };
    assert_eq!(slow().wait().expect("a sum"), 3);
    assert_eq!(slow().blocking_start().expect("started").result().expect("a sum"), 3);
    slow().blocking_detach().expect("started");
}

/// A generator that yields 0, 1 and 2.
fn generator() -> (tokio::runtime::Runtime, Peer) {
    let (runtime, peer) = peer();
    peer.world().kind = "GENERATOR";
    peer.script(|peer, id| {
        for item in 0..3 {
            peer.happens(id, "YIELD", json!({"returns": {"return0": item}}));
        }
        peer.happens(id, "DONE", json!({}));
    });
    (runtime, peer)
}

fn item(event: CallEvent<i64>) -> Option<i64> {
    match event {
        CallEvent::Yield(item) => Some(item),
        _ => None,
    }
}

#[test]
fn the_events_of_a_call_are_waited_for_and_it_is_cancelled() {
    let (_runtime, peer) = generator();
    peer.announces_everything();
    let client = client(&peer);
    let mut running = add(&client).blocking_start().expect("started");
    assert_eq!(running.next().expect("an event").and_then(item), Some(0));
    let rest: Vec<i64> = running.events().filter_map(|event| item(event.expect("an event"))).collect();
    assert_eq!(rest, [1, 2]);
    assert!(running.next().expect("over").is_none());
    running.cancel().expect("asked");
    assert_eq!(peer.world().cancelled, [running.assignation().to_owned()]);
    running.pause().expect("asked");
    running.step().expect("asked");
    running.resume().expect("asked");
    running.interrupt().expect("asked");
    assert_eq!(peer.world().operated, ["assign", "cancel", "pause", "step", "resume", "interrupt"]);
    assert_eq!(running.result().expect("the last one"), 2);
}

#[test]
fn a_call_that_fails_tells_so_once() {
    let (_runtime, peer) = peer();
    peer.script(|peer, id| peer.happens(id, "CRITICAL", json!({"message": "boom"})));
    let client = client(&peer);
    let mut running = add(&client).blocking_start().expect("started");
    let told: Vec<_> = running.events().collect();
    assert!(matches!(&told[..], [Err(CallError::Critical { message })] if message == "boom"), "{told:?}");
    assert!(matches!(running.result(), Err(CallError::Critical { .. })));
}

#[test]
fn the_items_of_a_generator_are_an_iterator_and_have_a_handle() {
    let (_runtime, peer) = generator();
    let client = client(&peer);
    let items: Result<Vec<i64>, CallError> = add(&client).stream().wait().collect();
    assert_eq!(items.expect("items"), [0, 1, 2]);
    let running = add(&client).stream().blocking_start().expect("started");
    assert_eq!(running.result().expect("the last one"), 2);
}

#[test]
fn a_call_is_left_to_itself_followed_again_and_cancelled_by_its_id() {
    let (_runtime, peer) = peer();
    peer.script(|_, _| {});
    let client = client(&peer);
    let id = add(&client).blocking_start().expect("started").detach();
    let other = add(&client).blocking_detach().expect("started");
    peer.happens(&id, "YIELD", json!({"returns": {"return0": 3}}));
    drop(client.attach(&id).expect("it is known"));
    let mut typed = client.attach(&id).expect("it is known").typed::<i64>();
    assert_eq!(typed.next().expect("an event").and_then(item), Some(3));
    drop(typed);
    let mut call = client.attach(&id).expect("it is known");
    assert_eq!(call.assignation(), id);
    assert!(matches!(call.next(), Ok(Some(CallEvent::Yield(_)))));
    call.cancel().expect("asked");
    client.cancel(&other).expect("asked");
    assert_eq!(peer.world().cancelled, [id.as_str(), other.as_str()]);
    assert!(matches!(call.pause(), Err(CallError::Unsupported { .. })));
    assert!(matches!(client.instruct(&other, Instruction::Step), Err(CallError::Unsupported { .. })));
    peer.happens(&id, "CANCELLED", json!({}));
    assert!(matches!(call.events().last(), Some(Err(CallError::Cancelled))));
    assert!(client.attach("7").is_err());
}

#[test]
fn a_call_outlives_the_client_that_made_it_and_is_cancelled_when_dropped() {
    let (runtime, peer) = peer();
    peer.script(|_, _| {});
    let client = client(&peer);
    let running = add(&client).blocking_start().expect("started");
    let id = running.assignation().to_owned();
    drop(client);
    drop(running);
    runtime.block_on(peer.until("a cancel", |world| world.cancelled.contains(&id).then_some(())));
}

/// What the peer says of an action that takes nothing.
fn three() -> Value {
    json!({"id": "5", "hash": "abc", "name": "Three", "kind": "FUNCTION", "args": [],
        "returns": [{"key": "return0", "kind": "INT"}], "implementations": [offered()]})
}

fn offered() -> Value {
    json!({"id": "1", "interface": "three", "extension": "default", "agent": agent("app:1")})
}

fn agent(name: &str) -> Value {
    json!({"id": "1", "name": name, "connected": true, "instanceId": "default"})
}

#[test]
fn what_is_found_is_called() {
    let (_runtime, peer) = peer();
    {
        let mut world = peer.world();
        world.action = three();
        world.actions = vec![three()];
        let mut implementation = offered();
        implementation["action"] = three();
        world.implementations = json!([implementation]);
    }
    let client = client(&peer);
    let found = [
        client.find("app", "three"),
        client.find_all("app", "three").map(|mut all| all.remove(0)),
        client.find_by_name("Three"),
        client.find_by_hash("abc"),
        client.find_matching(&DemandBuf { name: Some("Three".to_owned()), ..DemandBuf::default() }),
        client.action("5"),
    ];
    for action in found {
        let action = action.expect("the action");
        let three: i64 = action.call(args! {}).wait().expect("a number");
        assert_eq!(three, 3);
    }
    let returns =
        client.action("5").expect("the action").blocking_start(args! {}).expect("started").returns();
    assert_eq!(returns.expect("returns").get(), r#"{"return0":3}"#);
}

#[test]
fn what_there_is_is_listed_at_once_and_one_after_the_other() {
    let (_runtime, peer) = peer();
    peer.world().actions = (0..5)
        .map(|id| {
            let mut action = three();
            action["id"] = json!(id.to_string());
            action
        })
        .collect();
    peer.world().agents = json!([agent("app:1")]);
    let client = client(&peer);
    let all = client.actions().page_size(2).wait().expect("a list");
    assert_eq!(all.len(), 5);
    let one_by_one: Result<Vec<Action>, CallError> = client.actions().page_size(2).stream().wait().collect();
    let ids: Vec<String> = one_by_one.expect("a list").iter().map(|action| action.id().to_owned()).collect();
    assert_eq!(ids, ["0", "1", "2", "3", "4"]);
    assert_eq!(client.agents().wait().expect("a list")[0].name, "app:1");
}

#[test]
fn states_are_read_and_watched() {
    let (runtime, peer) = peer();
    peer.shows("7", json!({"count": 3}));
    let client = client(&peer);
    let state = || client.state_named("counter", "default", "Counter");
    assert_eq!(state().wait().expect("read"), json!({"count": 3}));
    let mut values = state().watch().wait();
    assert_eq!(values.next().expect("a value").expect("read"), json!({"count": 3}));
    runtime.block_on(peer.watched("7"));
    peer.changes("7", json!({"count": 4}));
    assert_eq!(values.next().expect("a value").expect("read"), json!({"count": 4}));
    let missing = client.state_named("counter", "default", "Position").wait();
    assert!(matches!(missing, Err(StateError::NotFound(_))), "{missing:?}");
}

#[test]
fn what_is_reserved_is_called_watched_and_ended() {
    let (_runtime, peer) = peer();
    peer.world().action = three();
    let client = client(&peer);
    let reservation = client.action("5").expect("the action").reserve().wait().expect("reserved");
    // A timeout is counted by the client's runtime.
    let calling = reservation.call::<i64>(args! {}).timeout(Duration::from_secs(60));
    assert_eq!(calling.wait().expect("a number"), 3);
    assert_eq!(peer.world().assigned[0]["reservation"], "500");
    assert_eq!(reservation.blocking_state().expect("its state").id, "500");
    let mut watched = reservation.watch().wait();
    assert!(!watched.next().expect("a state").expect("known").viable);
    peer.reviews("500", 1, true);
    assert!(watched.next().expect("a state").expect("known").viable);
    assert_eq!(client.my_reservations().expect("a list").len(), 1);
    assert_eq!(client.reservation("500").expect("it is held").id(), "500");
    reservation.blocking_unreserve().expect("ended");
    assert_eq!(peer.world().unreserved, ["500"]);
}

#[test]
fn every_stream_is_an_iterator() {
    let (_runtime, peer) = peer();
    let client = client(&peer);
    let calls = map(0..3).at_most(1).run(|_| add(&client));
    let sums: Vec<i64> = blocking::Items::of(calls).map(|(_, sum)| sum.expect("a sum")).collect();
    assert_eq!(sums, [3, 3, 3]);
}

#[test]
fn a_client_that_is_made_without_a_runtime_says_what_there_is_instead() {
    let builder = Client::builder().url("http://127.0.0.1:1").expect("a url");
    let error = blocking::wait(builder.build()).expect_err("no runtime");
    assert!(matches!(error, ConnectError::NoRuntime));
    assert!(error.to_string().contains("`blocking::Client`"), "{error}");
}
