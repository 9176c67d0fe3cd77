//! Operations on the socket of the subscription, with a server that announces that it takes them there.

use std::sync::Arc;

use rekuest_core::CallError;
use rekuest_core::caller::Instruction;
use serde_json::json;

use crate::access::Renewing;
use crate::calling::{add, request};
use crate::peer::{Peer, World};

/// A server that takes operations on the socket, and returns what it was given as `x`.
async fn echoing() -> Peer {
    let peer = Peer::scripted(|peer, id| {
        let number: usize = id.parse().expect("a number");
        let x = peer.world().assigned[number - 100]["args"]["x"].clone();
        peer.returns(id, json!({"return0": x}));
    })
    .await;
    peer.announces_everything();
    peer
}

#[tokio::test]
async fn a_server_that_takes_operations_on_the_socket_gets_them_there() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    peer.announces_everything();
    let client = peer.client().await;
    assert_eq!(add(&client).await.expect("a sum"), 3);
    peer.script(|_, _| {});
    let call = client.start(request(&json!({}))).await.expect("started");
    call.cancel().await.expect("asked");
    let world = peer.world();
    assert_eq!(world.operated, ["assign", "assign", "cancel"]);
    assert_eq!((world.count("assign"), world.count("cancel")), (0, 0));
    assert_eq!(world.cancelled, [call.assignation().to_owned()]);
}

#[tokio::test]
async fn many_operations_are_under_way_on_one_socket_and_each_gets_its_own_answer() {
    let peer = echoing().await;
    let client = peer.client().await;
    let calls = (0..500).map(|x| {
        let client = client.clone();
        async move { client.start(request(&json!({"x": x}))).await?.returns().await }
    });
    for (x, returns) in futures_util::future::join_all(calls).await.into_iter().enumerate() {
        assert_eq!(returns.expect("returns").get(), format!(r#"{{"return0":{x}}}"#));
    }
    let world = peer.world();
    assert_eq!(world.operated.len(), 500);
    assert_eq!(world.count("assign"), 0);
}

#[tokio::test]
async fn an_assign_whose_answer_was_lost_with_the_socket_is_not_sent_again() {
    let peer = Peer::scripted(|peer, id| {
        peer.keep(id, "YIELD", json!({"returns": {"return0": 3}}));
        peer.keep(id, "DONE", json!({}));
    })
    .await;
    peer.announces_everything();
    peer.world().cuts_at = Some("assign");
    assert_eq!(add(&peer.client().await).await.expect("a sum"), 3);
    assert_eq!(peer.world().assigned.len(), 1, "assign is never repeated");
}

#[tokio::test]
async fn an_assign_that_was_lost_with_the_socket_may_not_have_arrived_and_says_so() {
    let peer = Peer::scripted(|peer, _| peer.forget()).await;
    peer.announces_everything();
    peer.world().cuts_at = Some("assign");
    let error = add(&peer.client().await).await.expect_err("not known");
    assert!(error.to_string().contains("it is not known whether"), "{error}");
    assert_eq!(peer.world().assigned.len(), 1, "assign is never repeated");
}

#[tokio::test]
async fn a_cancel_that_was_lost_with_the_socket_is_sent_again() {
    let peer = Peer::start().await;
    peer.announces_everything();
    let client = peer.client().await;
    let call = client.start(request(&json!({}))).await.expect("started");
    peer.world().cuts_at = Some("cancel");
    call.cancel().await.expect("asked");
    assert_eq!(peer.world().count("cancel"), 1);
}

#[tokio::test]
async fn while_the_socket_is_away_operations_go_over_http() {
    let peer = Peer::start().await;
    peer.announces_everything();
    let client = peer.client().await;
    let mut call = client.start(request(&json!({}))).await.expect("started");
    peer.world().no_sockets = true;
    peer.cut();
    // Then the client knows of the cut.
    peer.until("an attempt", |world| (world.refused_sockets > 0).then_some(())).await;
    call.cancel().await.expect("asked");
    assert_eq!(peer.world().count("cancel"), 1);
    peer.happens(call.assignation(), "CANCELLED", json!({}));
    assert!(matches!(call.next().await, Err(CallError::Cancelled)));
}

#[tokio::test]
async fn a_token_that_expires_while_the_socket_is_open_is_renewed_over_http() {
    let peer = echoing().await;
    peer.world().token = Some("old".to_owned());
    let client = Peer::impatient(Renewing::new(&peer) as _).await;
    let echo = async |x: u8| client.start(request(&json!({"x": x}))).await?.returns().await;
    assert_eq!(echo(1).await.expect("returns").get(), r#"{"return0":1}"#);
    peer.world().token = Some("new".to_owned());
    assert_eq!(echo(2).await.expect("returns").get(), r#"{"return0":2}"#);
    let world = peer.world();
    assert_eq!(world.assigned.len(), 2, "what was refused was not done");
    assert_eq!(world.operated, ["assign", "assign"]);
}

#[tokio::test]
async fn what_the_server_refuses_on_the_socket_is_said_in_its_words() {
    let peer = Peer::start().await;
    peer.announces_everything();
    let client = peer.client().await;
    let call = client.start(request(&json!({}))).await.expect("started");
    peer.world().refuses = Some("Agent is not connected");
    let error = add(&client).await.expect_err("refused");
    assert!(
        matches!(&error, CallError::Refused(message) if message.contains("Agent is not connected")),
        "{error:?}"
    );
    call.detach();
}

#[tokio::test]
async fn what_a_server_does_not_announce_is_not_asked_of_it() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let call = client.start(request(&json!({}))).await.expect("started");
    for instruction in [Instruction::Interrupt, Instruction::Pause, Instruction::Resume, Instruction::Step] {
        let error = call.instruct(instruction).await.expect_err("not supported");
        assert!(matches!(error, CallError::Unsupported { .. }), "{error:?}");
        assert!(error.to_string().contains("it can be cancelled"), "{error}");
    }
    call.instruct(Instruction::Cancel).await.expect("asked");
    let world = peer.world();
    assert!(world.operated.is_empty());
    let instructed = world.posted.iter().filter(|name| *name != "assign" && *name != "assignation");
    assert_eq!(instructed.collect::<Vec<_>>(), ["cancel"]);
}

#[tokio::test]
async fn what_a_server_announces_it_is_asked_for() {
    let peer = Peer::start().await;
    peer.announces_everything();
    let client = peer.client().await;
    let events = client.start(request(&json!({}))).await.expect("started");
    for instruction in [Instruction::Interrupt, Instruction::Pause, Instruction::Resume, Instruction::Step] {
        events.instruct(instruction).await.expect("asked");
    }
    assert_eq!(peer.world().operated, ["assign", "interrupt", "pause", "resume", "step"]);
    events.detach();
}

#[tokio::test]
async fn a_client_goes_on_at_a_server_that_takes_no_operations_any_more() {
    let peer = echoing().await;
    let client = Peer::impatient(Arc::new(peer.access("token"))).await;
    let echo = async |x: u8| client.start(request(&json!({"x": x}))).await?.returns().await;
    assert_eq!(echo(1).await.expect("returns").get(), r#"{"return0":1}"#);
    peer.world().acknowledges = None;
    peer.script(|_, _| {});
    // As long as there is a call, its events are subscribed to again.
    let outstanding = client.start(request(&json!({}))).await.expect("started");
    peer.cut();
    let connections =
        |world: &World| world.frames.iter().filter(|frame| frame["type"] == "connection_init").count();
    peer.until("a second connection", |world| (connections(world) > 1).then_some(())).await;
    peer.script(|peer, id| peer.returns(id, json!({"return0": 2})));
    assert_eq!(echo(2).await.expect("returns").get(), r#"{"return0":2}"#);
    outstanding.detach();
    let world = peer.world();
    assert_eq!((world.operated.len(), world.count("assign")), (2, 1));
}
