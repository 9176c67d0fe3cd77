//! The handle of a call that runs.

use futures_util::StreamExt as _;
use rekuest_core::caller::CallEvent;
use rekuest_core::{CallError, CallStream, Running};
use serde_json::json;

use crate::calling::add;
use crate::peer::Peer;

async fn cancelled(peer: &Peer, id: &str) {
    peer.until("a cancel", |world| world.cancelled.iter().any(|cancelled| cancelled == id).then_some(()))
        .await;
}

/// What is yielded to a handle, and everything else by its name.
fn shown(event: CallEvent<i64>) -> String {
    match event {
        CallEvent::Yield(item) => item.to_string(),
        CallEvent::Progress { .. } => "progress".to_owned(),
        CallEvent::Log { .. } => "log".to_owned(),
        CallEvent::Disconnected => "disconnected".to_owned(),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn a_handle_tells_everything_that_happens_and_reads_what_is_yielded() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let mut running = add(&client).start().await.expect("started");
    let id = running.assignation().to_owned();
    peer.happens(&id, "PROGRESS", json!({"progress": 40}));
    peer.happens(&id, "LOG", json!({"message": "careful"}));
    peer.happens(&id, "DISCONNECTED", json!({}));
    peer.happens(&id, "YIELD", json!({"returns": {"return0": 1}}));
    peer.happens(&id, "YIELD", json!({"returns": {"return0": 2}}));
    peer.happens(&id, "DONE", json!({}));
    peer.world().kind = "GENERATOR";
    let events: Vec<String> = running.events().map(|event| shown(event.expect("an event"))).collect().await;
    assert_eq!(events, ["progress", "log", "disconnected", "1", "2"]);
    assert!(running.next().await.expect("over").is_none());
    assert_eq!(running.result().await.expect("the last one"), 2);
}

#[tokio::test]
async fn the_result_of_a_handle_is_what_was_yielded_last() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    let client = peer.client().await;
    assert_eq!(add(&client).start().await.expect("started").result().await.expect("a sum"), 3);
}

#[tokio::test]
async fn a_handle_that_was_told_the_end_has_no_other_result() {
    let peer = Peer::scripted(|peer, id| {
        peer.happens(id, "YIELD", json!({"returns": {"return0": 1}}));
        peer.happens(id, "CRITICAL", json!({"message": "boom"}));
    })
    .await;
    peer.world().kind = "GENERATOR";
    let client = peer.client().await;
    let mut running = add(&client).start().await.expect("started");
    let error = loop {
        match running.next().await {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert!(matches!(error, CallError::Critical { .. }), "{error:?}");
    assert!(matches!(running.result().await, Err(CallError::Critical { .. })));
}

#[tokio::test]
async fn what_is_yielded_and_does_not_fit_is_an_error_and_the_call_goes_on() {
    let peer = Peer::scripted(|peer, id| {
        peer.happens(id, "YIELD", json!({"returns": {"return0": "one"}}));
        peer.happens(id, "YIELD", json!({"returns": {"return0": 2}}));
        peer.happens(id, "DONE", json!({}));
    })
    .await;
    peer.world().kind = "GENERATOR";
    let client = peer.client().await;
    let mut running = add(&client).start().await.expect("started");
    assert!(matches!(running.next().await, Err(CallError::Returns(_))));
    assert!(matches!(running.next().await, Ok(Some(CallEvent::Yield(2)))));
    assert!(running.next().await.expect("over").is_none());
}

#[tokio::test]
async fn a_handle_is_cancelled_while_its_events_are_read() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let mut running = add(&client).start().await.expect("started");
    let id = running.assignation().to_owned();
    let cancelling = running.cancel();
    let agent = async {
        cancelling.await.expect("asked");
        peer.happens(&id, "CANCELLED", json!({}));
    };
    let (ended, ()) = tokio::join!(running.next(), agent);
    assert!(matches!(ended, Err(CallError::Cancelled)), "{ended:?}");
}

#[tokio::test]
async fn a_dropped_handle_or_stream_cancels_its_call_and_a_detached_one_does_not() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let kept = add(&client).start().await.expect("started").detach();
    let also_kept = add(&client).detach().await.expect("started");
    let running: Running<i64> = add(&client).start().await.expect("started");
    let id = running.assignation().to_owned();
    drop(running);
    cancelled(&peer, &id).await;

    let mut stream: CallStream<'_, i64> = add(&client).stream();
    let streamed = |world: &crate::peer::World| (world.assigned.len() == 4).then_some(());
    tokio::select! {
        item = stream.next() => panic!("nothing is yielded: {item:?}"),
        () = peer.until("an assign", streamed) => {}
    }
    assert!(matches!(stream.start().await, Err(CallError::Started)));
    cancelled(&peer, "103").await;
    assert!(!peer.world().cancelled.contains(&kept) && !peer.world().cancelled.contains(&also_kept));
}

#[tokio::test]
async fn a_call_is_made_and_followed_on_a_thread_that_belongs_to_no_runtime() {
    let peer = Peer::scripted(|peer, id| {
        for item in 0..3 {
            peer.happens(id, "YIELD", json!({"returns": {"return0": item}}));
        }
        peer.happens(id, "DONE", json!({}));
    })
    .await;
    peer.world().kind = "GENERATOR";
    let client = peer.client().await;
    let items = std::thread::spawn(move || {
        let last = add(&client).wait().expect("the last one");
        let items: Result<Vec<i64>, CallError> = add(&client).stream().wait().collect();
        (last, items.expect("items"))
    });
    let (last, items) =
        tokio::task::spawn_blocking(move || items.join()).await.expect("joined").expect("no panic");
    assert_eq!((last, items), (2, vec![0, 1, 2]));
}
