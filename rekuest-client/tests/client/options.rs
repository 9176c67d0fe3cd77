//! How a call is made, as the server hears of it.

use rekuest_core::CallError;
use rekuest_core::caller::{CallHookKind, CallOptions};
use serde_json::json;
use uuid::Uuid;

use crate::calling::add;
use crate::peer::Peer;

#[tokio::test]
async fn what_is_said_of_a_call_is_sent() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    let client = peer.client().await;
    let reference = Uuid::new_v4();
    let call = add(&client).reference(reference).parent("7").dependency("k", "5");
    call.log(true).capture(true).cached(true).ephemeral(true).step(true).await.expect("a sum");
    add(&client).await.expect("a sum");
    let world = peer.world();
    let (said, unsaid) = (&world.assigned[0], &world.assigned[1]);
    assert_eq!(said["reference"], json!(reference.to_string()));
    assert_eq!((&said["parent"], &said["dependencies"]), (&json!("7"), &json!({"k": "5"})));
    for option in ["log", "capture", "cached", "ephemeral", "step"] {
        assert_eq!((&said[option], &unsaid[option]), (&json!(true), &json!(false)), "{option}");
    }
    assert_ne!(unsaid["reference"], said["reference"]);
}

#[tokio::test]
async fn a_stream_is_made_in_the_same_way() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    let client = peer.client().await;
    let reference = Uuid::new_v4();
    let stream = add(&client).stream().reference(reference).capture(true);
    stream.start().await.expect("started").detach();
    let world = peer.world();
    let said = &world.assigned[0];
    assert_eq!((&said["reference"], &said["capture"]), (&json!(reference.to_string()), &json!(true)));
}

#[tokio::test]
async fn one_reference_is_that_of_one_outstanding_call() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let reference = Uuid::new_v4();
    let first = add(&client).reference(reference).start().await.expect("started");
    let error = add(&client).reference(reference).await.expect_err("taken");
    assert!(matches!(error, CallError::ReferenceTaken(taken) if taken == reference), "{error:?}");
    assert_eq!(peer.world().count("assign"), 1);
    first.detach();
    peer.script(|peer, id| peer.returns(id, json!({"return0": 3})));
    assert_eq!(add(&client).reference(reference).await.expect("a sum"), 3);
}

#[tokio::test]
async fn hooks_are_refused_before_anything_is_sent() {
    let peer = Peer::start().await;
    let client = peer.client().await;
    let error = add(&client).hook(CallHookKind::Init, "abc").await.expect_err("not supported");
    assert!(matches!(error, CallError::Unsupported { .. }), "{error:?}");
    assert_eq!(peer.world().count("assign"), 0);
    peer.script(|peer, id| peer.returns(id, json!({"return0": 3})));
    let call = add(&client).hook(CallHookKind::Init, "abc").options(CallOptions::default());
    assert_eq!(call.await.expect("a sum"), 3);
}
