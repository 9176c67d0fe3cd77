//! What gets lost on the way, and is found again, or said to be lost.

use std::time::Duration;

use rekuest_core::CallError;
use rekuest_core::caller::CallEvent;
use serde_json::json;

use crate::calling::{add, request};
use crate::peer::{Peer, World};

#[tokio::test]
async fn events_that_the_subscription_lost_are_asked_for() {
    let peer = Peer::scripted(|peer, id| {
        peer.keep(id, "PROGRESS", json!({"progress": 0}));
        peer.keep(id, "YIELD", json!({"returns": {"return0": 3}}));
        peer.keep(id, "DONE", json!({}));
    })
    .await;
    assert_eq!(add(&peer.client().await).await.expect("a sum"), 3);
}

#[tokio::test]
async fn a_lost_first_yield_comes_before_the_ones_that_were_told() {
    let peer = Peer::scripted(|peer, id| {
        peer.keep(id, "YIELD", json!({"returns": {"return0": 0}}));
        for item in 1..4 {
            peer.happens(id, "YIELD", json!({"returns": {"return0": item}}));
        }
        peer.happens(id, "DONE", json!({}));
    })
    .await;
    peer.world().kind = "GENERATOR";
    assert_eq!(yields(&peer).await.expect("all"), ["0", "1", "2", "3"]);
}

/// Everything that a call yields, each its one return.
async fn yields(peer: &Peer) -> Result<Vec<String>, CallError> {
    let client = peer.client().await;
    let mut call = client.start(request(&json!({}))).await?;
    let mut items = Vec::new();
    while let Some(event) = call.next().await? {
        if let CallEvent::Yield(returns) = event {
            let returns: serde_json::Value = serde_json::from_str(returns.get()).expect("json");
            items.push(returns["return0"].to_string());
        }
    }
    Ok(items)
}

#[tokio::test]
async fn after_a_cut_nothing_is_missing_and_nothing_comes_twice() {
    let peer = Peer::start().await;
    peer.world().kind = "GENERATOR";
    let agent = async {
        let id = peer.assigned().await;
        peer.happens(&id, "YIELD", json!({"returns": {"return0": 0}}));
        peer.world().no_sockets = true;
        peer.cut();
        peer.keep(&id, "YIELD", json!({"returns": {"return0": 1}}));
        peer.keep(&id, "YIELD", json!({"returns": {"return0": 2}}));
        peer.world().no_sockets = false;
        peer.subscribed().await;
        peer.happens(&id, "YIELD", json!({"returns": {"return0": 3}}));
        peer.happens(&id, "DONE", json!({}));
    };
    let (items, ()) = tokio::join!(yields(&peer), agent);
    assert_eq!(items.expect("all"), ["0", "1", "2", "3"]);
}

#[tokio::test]
async fn a_gap_of_more_than_the_server_keeps_is_said() {
    let peer = Peer::start().await;
    peer.world().kind = "GENERATOR";
    let agent = async {
        let id = peer.assigned().await;
        peer.cut();
        for item in 0..20 {
            peer.keep(&id, "YIELD", json!({"returns": {"return0": item}}));
        }
        peer.keep(&id, "DONE", json!({}));
    };
    let (items, ()) = tokio::join!(yields(&peer), agent);
    // What was asked for in time is whole; else the loss is said.
    assert!(matches!(items, Err(CallError::Lagged { .. })), "{items:?}");
}

#[tokio::test]
async fn a_server_that_forgot_the_call_has_lost_it() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let mut call = client.start(request(&json!({}))).await.expect("started");
    peer.forget();
    peer.cut();
    let error = call.next().await.expect_err("lost");
    assert!(
        matches!(&error, CallError::Lost { assignation } if assignation == call.assignation()),
        "{error:?}"
    );
    assert!(call.next().await.expect("over").is_none());
}

#[tokio::test]
async fn a_call_waits_for_a_server_that_cannot_be_reached() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let mut call = client.start(request(&json!({}))).await.expect("started");
    {
        let mut world = peer.world();
        world.no_sockets = true;
        world.fault = Some((503, "down"));
    }
    peer.cut();
    let event = call.next().await.expect("an event");
    assert!(matches!(event, Some(CallEvent::Unreachable)), "{event:?}");
    let id = call.assignation().to_owned();
    peer.keep(&id, "YIELD", json!({"returns": {"return0": 3}}));
    peer.keep(&id, "DONE", json!({}));
    {
        let mut world = peer.world();
        world.no_sockets = false;
        world.fault = None;
    }
    assert_eq!(call.returns().await.expect("returns").get(), r#"{"return0":3}"#);
}

#[tokio::test]
async fn a_lost_answer_to_assign_is_found_by_the_subscription() {
    let peer = Peer::scripted(|peer, id| {
        let reference = peer.world().assigned[0]["reference"].clone();
        peer.tell(&json!({"create": {"id": id, "reference": reference}, "event": null}));
        peer.returns(id, json!({"return0": 3}));
    })
    .await;
    peer.world().assign_fault = Some((502, "<html>Bad Gateway</html>"));
    assert_eq!(add(&peer.client().await).await.expect("a sum"), 3);
    assert_eq!(peer.world().count("assign"), 1, "assign is never repeated");
}

#[tokio::test]
async fn a_lost_answer_to_assign_is_found_by_asking() {
    let peer = Peer::scripted(|peer, id| {
        peer.keep(id, "YIELD", json!({"returns": {"return0": 3}}));
        peer.keep(id, "DONE", json!({}));
    })
    .await;
    peer.world().assign_fault = Some((500, "<html>Server Error</html>"));
    assert_eq!(add(&peer.client().await).await.expect("a sum"), 3);
    assert_eq!(peer.world().count("assign"), 1, "assign is never repeated");
}

#[tokio::test]
async fn a_call_that_may_or_may_not_have_been_accepted_says_so() {
    let peer = Peer::scripted(|peer, _| peer.forget()).await;
    peer.world().assign_fault = Some((502, "<html>Bad Gateway</html>"));
    let error = add(&peer.client().await).await.expect_err("not known");
    assert!(matches!(error, CallError::Connection { .. }), "{error:?}");
    assert!(error.to_string().contains("it is not known whether"), "{error}");
    assert_eq!(peer.world().count("assign"), 1, "assign is never repeated");
}

#[tokio::test]
async fn nothing_is_posted_while_the_events_cannot_be_subscribed_to() {
    let peer = Peer::start().await;
    peer.world().no_sockets = true;
    let error = add(&peer.client().await).await.expect_err("no subscription");
    assert!(error.to_string().contains("nothing was called"), "{error}");
    assert_eq!(peer.world().count("assign"), 0);
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_is_made_is_cancelled() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    {
        let starting = client.start(request(&json!({})));
        tokio::pin!(starting);
        // Dropped as soon as the server has the call, most often before the answer is read.
        tokio::select! {
            started = &mut starting => drop(started),
            _ = peer.assigned() => {}
        }
    }
    let id = peer.assigned().await;
    peer.until("a cancel", |world| world.cancelled.contains(&id).then_some(())).await;
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_asked_for() {
    let peer = Peer::scripted(|peer, id| {
        peer.happens(id, "PROGRESS", json!({"progress": 1}));
        peer.keep(id, "YIELD", json!({"returns": {"return0": 3}}));
        peer.tell(&json!({"event": {"id": 5}}));
        peer.happens(id, "DONE", json!({}));
    })
    .await;
    assert_eq!(add(&peer.client().await).await.expect("a sum"), 3);
}

#[tokio::test]
async fn a_thousand_calls_share_one_subscription() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let mut calls = Vec::new();
    for _ in 0..1000 {
        calls.push(client.start(request(&json!({}))).await.expect("started"));
    }
    for call in &calls {
        peer.returns(call.assignation(), json!({"return0": call.assignation()}));
    }
    for call in calls {
        let expected = format!(r#"{{"return0":"{}"}}"#, call.assignation());
        let returns = tokio::time::timeout(Duration::from_secs(10), call.returns()).await.expect("in time");
        assert_eq!(returns.expect("returns").get(), expected);
    }
    assert_eq!(peer.world().frames.iter().filter(|frame| frame["type"] == "subscribe").count(), 1);
}

#[tokio::test]
async fn a_server_that_falls_silent_is_left_and_subscribed_to_again() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    peer.world().deaf = true;
    let call = client.start(request(&json!({}))).await.expect("started");
    peer.subscribed().await;
    peer.world().deaf = false;
    let subscriptions =
        |world: &World| world.frames.iter().filter(|frame| frame["type"] == "subscribe").count();
    let agent = async {
        let again = |world: &World| (subscriptions(world) > 1).then_some(());
        peer.until("a second subscription", again).await;
        peer.returns(&peer.assigned().await, json!({"return0": 3}));
    };
    let (returns, ()) = tokio::join!(call.returns(), agent);
    assert_eq!(returns.expect("returns").get(), r#"{"return0":3}"#);
}

#[tokio::test]
async fn a_server_that_does_not_acknowledge_is_not_called() {
    let peer = Peer::start().await;
    peer.world().unimpressed = true;
    let error = add(&peer.client().await).await.expect_err("no subscription");
    let CallError::Connection { source, .. } = &error else { panic!("{error:?}") };
    assert!(source.to_string().contains("did not answer the connection_init"), "{source}");
    assert_eq!(peer.world().count("assign"), 0);
}

#[tokio::test]
async fn a_timeout_ends_a_call_that_never_stops_talking() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let talking = async {
        let id = peer.assigned().await;
        loop {
            peer.tell_progress(&id);
            tokio::task::yield_now().await;
        }
    };
    let called = add(&client).timeout(Duration::from_millis(300));
    let error = tokio::select! {
        called = called.into_future() => called.expect_err("a timeout"),
        () = talking => panic!("it stopped talking"),
    };
    assert!(matches!(error, CallError::Timeout(_)), "{error:?}");
}
