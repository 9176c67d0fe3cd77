//! A client for programs without a runtime. Only the server of these tests has one, of its own.

use std::sync::Arc;

use rekuest_client::{Client, ConnectError, args, blocking};
use rekuest_core::caller::{CallEvent, CallTarget};
use rekuest_core::{Call, Caller};
use serde_json::json;
use serde_json::value::to_raw_value;

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
fn the_events_of_a_call_are_waited_for_and_it_is_cancelled() {
    let (_runtime, peer) = peer();
    let client = client(&peer);
    let mut running = blocking::wait(add(&client).start()).expect("started");
    let mut yields = Vec::new();
    while let Some(event) = blocking::wait(running.next()).expect("an event") {
        if let CallEvent::Yield(item) = event {
            yields.push(item);
        }
    }
    assert_eq!(yields, [3]);
    blocking::wait(running.cancel()).expect("asked");
    assert_eq!(peer.world().cancelled, [running.assignation().to_owned()]);
}

#[test]
fn a_call_outlives_the_client_that_made_it_and_is_cancelled_when_dropped() {
    let (runtime, peer) = peer();
    peer.script(|_, _| {});
    let client = client(&peer);
    let running = blocking::wait(add(&client).start()).expect("started");
    let id = running.assignation().to_owned();
    drop(client);
    drop(running);
    runtime.block_on(peer.until("a cancel", |world| world.cancelled.contains(&id).then_some(())));
}

#[test]
fn what_is_found_is_called() {
    let (_runtime, peer) = peer();
    peer.world().action = json!({"id": "5", "hash": "abc", "name": "Three", "kind": "FUNCTION",
        "args": [], "returns": [{"key": "return0", "kind": "INT"}]});
    let client = client(&peer);
    let action = client.wait(client.inner().action("5")).expect("the action");
    let three: i64 = action.call(args! {}).wait().expect("a number");
    assert_eq!(three, 3);
}

#[test]
fn a_client_that_is_made_without_a_runtime_says_what_there_is_instead() {
    let builder = Client::builder().url("http://127.0.0.1:1").expect("a url");
    let error = blocking::wait(builder.build()).expect_err("no runtime");
    assert!(matches!(error, ConnectError::NoRuntime));
    assert!(error.to_string().contains("`blocking::Client`"), "{error}");
}
