//! When a caller gives up, and when it does not.

use std::sync::Arc;
use std::time::Duration;

use rekuest_client::{Client, Timing};
use rekuest_core::CallError;
use rekuest_core::caller::{CallEvent, OnDisconnect};
use serde_json::json;

use crate::calling::{add, request};
use crate::peer::Peer;

const SHORT: Duration = Duration::from_millis(150);

/// Longer than any test takes.
const LONG: Duration = Duration::from_secs(600);

async fn until_cancelled(peer: &Peer) {
    let id = peer.assigned().await;
    peer.until("a cancel", |world| world.cancelled.contains(&id).then_some(())).await;
}

#[tokio::test]
async fn an_agent_that_never_answers_is_given_up_after_the_idle_timeout() {
    let peer = Peer::start().await;
    let error = add(&peer.client().await).idle_timeout(SHORT).await.expect_err("idle");
    assert!(matches!(error, CallError::Idle(limit) if limit == SHORT), "{error:?}");
    until_cancelled(&peer).await;
}

#[tokio::test]
async fn an_agent_that_never_answers_is_waited_for_and_asked_about_and_the_client_goes_on() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let mut silent = client.start(request(&json!({}))).await.expect("started");
    tokio::select! {
        event = silent.next() => panic!("nothing happens: {event:?}"),
        () = peer.posted("assignation", 5) => {}
    }
    peer.script(|peer, id| peer.returns(id, json!({"return0": 3})));
    assert_eq!(add(&client).await.expect("a sum"), 3);
}

#[tokio::test]
async fn an_agent_that_tells_something_now_and_then_is_not_idle() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let mut request = request(&json!({}));
    request.options.idle_timeout = Some(LONG);
    let mut call = client.start(request).await.expect("started");
    let id = call.assignation().to_owned();
    peer.happens(&id, "PROGRESS", json!({"progress": 1}));
    assert!(matches!(call.next().await, Ok(Some(CallEvent::Progress { .. }))));
    peer.returns(&id, json!({"return0": 3}));
    assert_eq!(call.returns().await.expect("returns").get(), r#"{"return0":3}"#);
}

#[tokio::test]
async fn what_the_server_tells_is_not_the_agent() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let telling = async {
        let id = peer.assigned().await;
        loop {
            peer.happens(&id, "QUEUED", json!({}));
            tokio::task::yield_now().await;
        }
    };
    let called = add(&client).idle_timeout(SHORT);
    let error = tokio::select! {
        called = called.into_future() => called.expect_err("idle"),
        () = telling => panic!("it stopped telling"),
    };
    assert!(matches!(error, CallError::Idle(_)), "{error:?}");
}

#[tokio::test]
async fn an_agent_that_is_disconnected_is_waited_for_unless_said_otherwise() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let mut call = client.start(request(&json!({}))).await.expect("started");
    let id = call.assignation().to_owned();
    peer.happens(&id, "DISCONNECTED", json!({}));
    assert!(matches!(call.next().await, Ok(Some(CallEvent::Disconnected))));
    peer.returns(&id, json!({"return0": 3}));
    assert_eq!(call.returns().await.expect("returns").get(), r#"{"return0":3}"#);
}

#[tokio::test]
async fn an_agent_that_does_not_come_back_in_time_is_given_up() {
    let peer = Peer::scripted(|peer, id| peer.happens(id, "DISCONNECTED", json!({}))).await;
    let called = add(&peer.client().await).on_disconnect(OnDisconnect::FailAfter(SHORT)).await;
    let error = called.expect_err("away");
    assert!(matches!(error, CallError::AgentAway(limit) if limit == SHORT), "{error:?}");
    until_cancelled(&peer).await;
}

#[tokio::test]
async fn an_agent_that_came_back_and_is_silent_is_not_given_up() {
    let peer = Peer::scripted(|peer, id| peer.happens(id, "DISCONNECTED", json!({}))).await;
    peer.world().agent_connected = true;
    let client = peer.client().await;
    let called = add(&client).on_disconnect(OnDisconnect::FailAfter(SHORT));
    let agent = async {
        let id = peer.assigned().await;
        // The one question that is asked of the agent comes among those about the call.
        peer.until("a question about the agent", |world| world.asked_for_agents.then_some(())).await;
        peer.returns(&id, json!({"return0": 3}));
    };
    let (sum, ()) = tokio::join!(called.into_future(), agent);
    assert_eq!(sum.expect("a sum"), 3);
}

#[tokio::test]
async fn an_agent_that_came_back_in_time_has_all_the_time_it_needs() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let mut request = request(&json!({}));
    request.options.on_disconnect = OnDisconnect::FailAfter(LONG);
    let mut call = client.start(request).await.expect("started");
    let id = call.assignation().to_owned();
    peer.happens(&id, "DISCONNECTED", json!({}));
    assert!(matches!(call.next().await, Ok(Some(CallEvent::Disconnected))));
    peer.happens(&id, "PROGRESS", json!({"progress": 1}));
    assert!(matches!(call.next().await, Ok(Some(CallEvent::Progress { .. }))));
    peer.returns(&id, json!({"return0": 3}));
    assert_eq!(call.returns().await.expect("returns").get(), r#"{"return0":3}"#);
}

#[tokio::test]
async fn a_call_of_which_more_is_told_than_waits_is_read_up_to_there_and_then_lagged() {
    let peer = Peer::start().await;
    peer.world().kind = "GENERATOR";
    // One that never asks: what it knows, it was told.
    let mut timing = Timing::default();
    (timing.poll_first, timing.poll_longest) = (LONG, LONG);
    let access = Arc::new(peer.access("token"));
    let client = Client::builder().access(access).timing(timing).build().await.expect("a client");
    let mut call = client.start(request(&json!({}))).await.expect("started");
    let id = call.assignation().to_owned();
    peer.subscribed().await;
    peer.tell(&json!({"create": {"id": id, "reference": call.reference().to_string()}, "event": null}));
    // Told alone: what an answer has brought before would wait once more.
    peer.tell_progress(&id);
    assert!(matches!(call.next().await, Ok(Some(CallEvent::Progress { .. }))));
    for item in 0..17_000 {
        peer.happens(&id, "YIELD", json!({"returns": {"return0": item}}));
        if item % 50 == 0 {
            // A client that hears nothing meanwhile would leave.
            tokio::task::yield_now().await;
        }
    }
    peer.happens(&id, "DONE", json!({}));
    // Told to another call behind all that, so all that has arrived.
    peer.script(|peer, id| peer.returns(id, json!({"return0": 3})));
    assert_eq!(add(&client).await.expect("a sum"), 3);
    let mut items = 0;
    let error = loop {
        match call.next().await {
            Ok(Some(CallEvent::Yield(returns))) => {
                assert_eq!(returns.get(), format!(r#"{{"return0":{items}}}"#), "none is left out");
                items += 1;
            }
            Ok(other) => panic!("{other:?}"),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, CallError::Lagged { .. }), "{error:?}");
    assert_eq!(items, 16_384);
    peer.until("a cancel", |world| world.cancelled.contains(&id).then_some(())).await;
}
