//! Calls that are followed, and cancelled, by their id.

use rekuest_client::{Client, RunningCall};
use rekuest_core::CallError;
use rekuest_core::caller::{CallEvent, Instruction};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::calling::{add, request};
use crate::peer::Peer;

/// A call that was made, and left to itself.
async fn left(client: &Client) -> String {
    client.start(request(&json!({}))).await.expect("started").detach()
}

fn item(item: i64) -> Value {
    json!({"returns": {"return0": item}})
}

/// The next item that is yielded.
async fn next_item(call: &mut RunningCall) -> i64 {
    loop {
        match call.next().await.expect("it goes on").expect("it has not ended") {
            CallEvent::Yield(returns) => {
                let returns: Value = serde_json::from_str(returns.get()).expect("json");
                return returns["return0"].as_i64().expect("a number");
            }
            _ => continue,
        }
    }
}

/// How a call ends, whatever is told before.
async fn end(call: &mut RunningCall) -> Result<(), CallError> {
    while call.next().await?.is_some() {}
    Ok(())
}

#[tokio::test]
async fn a_detached_call_is_followed_from_its_last_events_to_its_end() {
    let peer = Peer::start().await;
    peer.world().kind = "GENERATOR";
    let client = peer.client().await;
    let id = left(&client).await;
    peer.happens(&id, "YIELD", item(0));
    let mut call = client.attach(&id).await.expect("it is known");
    assert_eq!(call.assignation(), id);
    assert_eq!(call.reference().to_string(), peer.world().assigned[0]["reference"]);
    assert_eq!(next_item(&mut call).await, 0);
    peer.happens(&id, "YIELD", item(1));
    assert_eq!(next_item(&mut call).await, 1);
    peer.happens(&id, "YIELD", item(2));
    peer.happens(&id, "DONE", json!({}));
    assert_eq!(next_item(&mut call).await, 2);
    end(&mut call).await.expect("DONE");
}

#[tokio::test]
async fn what_the_server_does_not_tell_any_more_is_no_loss() {
    let peer = Peer::start().await;
    peer.world().kind = "GENERATOR";
    let id = left(&peer.client().await).await;
    for number in 0..15 {
        peer.keep(&id, "YIELD", item(number));
    }
    // Another process of the same identity.
    let client = peer.client().await;
    let mut call = client.attach(&id).await.expect("it is known");
    for number in 5..15 {
        assert_eq!(next_item(&mut call).await, number);
    }
    peer.happens(&id, "YIELD", item(15));
    peer.happens(&id, "DONE", json!({}));
    assert_eq!(next_item(&mut call).await, 15);
    end(&mut call).await.expect("DONE");
}

#[tokio::test]
async fn what_is_lost_after_that_is_said_and_the_call_goes_on_elsewhere() {
    let peer = Peer::start().await;
    peer.world().kind = "GENERATOR";
    let client = peer.client().await;
    let id = left(&client).await;
    peer.happens(&id, "YIELD", item(0));
    let mut call = client.attach(&id).await.expect("it is known");
    assert_eq!(next_item(&mut call).await, 0);
    peer.world().no_sockets = true;
    peer.cut();
    // Nobody is told in between.
    peer.world().fault = Some((503, "busy"));
    for number in 1..13 {
        peer.keep(&id, "YIELD", item(number));
    }
    peer.world().fault = None;
    peer.world().no_sockets = false;
    assert!(matches!(end(&mut call).await, Err(CallError::Lagged { assignation }) if assignation == id));
    drop(call);
    drop(add(&client).start().await.expect("started"));
    peer.until("a cancel", |world| (world.cancelled == ["101"]).then_some(())).await;
}

#[tokio::test]
async fn what_is_told_nowhere_is_asked_for() {
    let peer = Peer::start().await;
    peer.world().kind = "GENERATOR";
    let client = peer.client().await;
    let id = left(&client).await;
    let mut call = client.attach(&id).await.expect("it is known");
    for number in 0..4 {
        peer.keep(&id, "YIELD", item(number));
        assert_eq!(next_item(&mut call).await, number);
    }
    peer.keep(&id, "CRITICAL", json!({"message": "boom"}));
    assert!(matches!(end(&mut call).await, Err(CallError::Critical { .. })));
}

#[tokio::test]
async fn a_call_that_has_ended_gives_what_it_returned_if_that_is_known() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let id = left(&client).await;
    peer.returns(&id, json!({"return0": 3}));
    for _ in 0..2 {
        let call = client.attach(&id).await.expect("it is known");
        assert_eq!(call.returns().await.expect("returns").get(), r#"{"return0":3}"#);
        let call = client.attach(&id).await.expect("it is known").typed::<i64>();
        assert_eq!(call.result().await.expect("a sum"), 3);
    }

    let id = left(&client).await;
    peer.keep(&id, "YIELD", item(3));
    for _ in 0..10 {
        peer.keep(&id, "LOG", json!({"message": "tidying up"}));
    }
    peer.keep(&id, "DONE", json!({}));
    let call = client.attach(&id).await.expect("it is known");
    assert!(matches!(call.returns().await, Err(CallError::Lagged { .. })));
    // That a generator's items came before is no loss.
    peer.world().kind = "GENERATOR";
    end(&mut client.attach(&id).await.expect("it is known")).await.expect("DONE");
}

#[tokio::test]
async fn an_attached_handle_cancels_when_it_is_asked_to_and_not_when_it_is_dropped() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let (kept, ended) = (left(&client).await, left(&client).await);
    drop(client.attach(&kept).await.expect("it is known"));
    let mut call = client.attach(&ended).await.expect("it is known");
    call.cancel().await.expect("asked");
    peer.happens(&ended, "CANCELLED", json!({}));
    assert!(matches!(end(&mut call).await, Err(CallError::Cancelled)));
    // Were the first one cancelled in the background, that would have been before this one.
    drop(add(&client).start().await.expect("started"));
    peer.until("a cancel", |world| (world.cancelled == [ended.clone(), "102".to_owned()]).then_some(()))
        .await;
}

#[tokio::test]
async fn a_call_that_is_not_there_or_followed_already_is_said_to_be() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let error = client.attach("7").await.expect_err("there is none");
    assert!(matches!(error, CallError::NotFound(_)), "{error:?}");
    assert!(error.to_string().starts_with("the server knows no call with the id `7`"), "{error}");

    let running = add(&client).start().await.expect("started");
    let error = client.attach(running.assignation()).await.expect_err("it is followed");
    assert!(
        matches!(&error, CallError::AlreadyFollowed { assignation } if assignation == "100"),
        "{error:?}"
    );
    let id = running.detach();
    let call = client.attach(&id).await.expect("it is followed no more");
    assert!(client.attach(&id).await.is_err());
    drop(call);
    drop(client.attach(&id).await.expect("it is followed no more"));
}

#[tokio::test]
async fn calls_of_one_reference_are_told_apart() {
    let peer = Peer::start().await;
    peer.world().kind = "GENERATOR";
    let client = peer.client().await;
    let reference = Uuid::new_v4();
    let mut calls = Vec::new();
    for number in 0..2 {
        let id = add(&client).reference(reference).detach().await.expect("started");
        peer.happens(&id, "YIELD", item(10 * number));
        calls.push(id);
    }
    let mut first = client.attach(&calls[0]).await.expect("it is known");
    let mut second = client.attach(&calls[1]).await.expect("it is known");
    assert_eq!((next_item(&mut first).await, next_item(&mut second).await), (0, 10));
    for (id, number) in [(&calls[1], 11), (&calls[0], 1)] {
        peer.happens(id, "YIELD", item(number));
        peer.happens(id, "DONE", json!({}));
    }
    assert_eq!((next_item(&mut first).await, next_item(&mut second).await), (1, 11));
    end(&mut first).await.expect("DONE");
    end(&mut second).await.expect("DONE");
}

#[tokio::test]
async fn calls_are_cancelled_and_instructed_by_their_id() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    client.cancel("7").await.expect("asked");
    assert_eq!(peer.world().cancelled, ["7"]);
    let error = client.instruct("7", Instruction::Pause).await.expect_err("it cannot");
    assert!(matches!(error, CallError::Unsupported { .. }), "{error:?}");

    let able = Peer::start().await;
    able.announces_everything();
    let client = able.client().await;
    for instruction in [Instruction::Pause, Instruction::Step, Instruction::Resume, Instruction::Interrupt] {
        client.instruct("7", instruction).await.expect("asked");
    }
    assert_eq!(able.world().operated, ["pause", "step", "resume", "interrupt"]);

    let unreachable = Peer::start().await;
    unreachable.world().no_sockets = true;
    let error = unreachable.client().await.instruct("7", Instruction::Pause).await.expect_err("no answer");
    assert!(matches!(error, CallError::Connection { .. }), "{error:?}");
}
