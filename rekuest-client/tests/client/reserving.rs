//! Reservations: making, calling by, watching and ending them.

use futures_util::StreamExt as _;
use rekuest_client::{Action, Client, ReservationWatch, args};
use rekuest_core::caller::{CallRequest, CallTarget};
use rekuest_core::{CallError, Caller};
use serde_json::value::to_raw_value;
use serde_json::{Value, json};

use crate::peer::Peer;

async fn action(peer: &Peer) -> (Client, Action) {
    peer.world().action = json!({"id": "1", "hash": "h", "name": "Add", "kind": "FUNCTION",
        "args": [{"key": "a", "kind": "INT"}], "returns": [{"key": "return0", "kind": "INT"}]});
    let client = peer.client().await;
    let action = client.action("1").await.expect("the action");
    (client, action)
}

#[tokio::test]
async fn what_is_reserved_is_said_and_called_by() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 2}))).await;
    let (_client, action) = action(&peer).await;
    let reserving =
        action.reserve().title("Sums").implementation("7").oauth_client("app").desired_instances(2);
    let reservation = reserving.await.expect("reserved");
    let input = peer.world().reserved[0].clone();
    assert_eq!((&input["action"], &input["title"]), (&json!("1"), &json!("Sums")));
    assert_eq!(input["binds"], json!({"implementations": ["7"], "clients": ["app"], "desiredInstances": 2}));
    assert!(
        input["reference"].as_str().is_some_and(|text| text.len() == 36)
            && input.get("implementation").is_none()
    );

    let sum: i64 = reservation.call(args! { a: 1 }).await.expect("a sum");
    assert_eq!(sum, 2);
    let assigned = peer.world().assigned[0].clone();
    assert_eq!(assigned["reservation"], "500");
    assert!(assigned.get("action").is_none() && assigned.get("actionHash").is_none());
    let wrong = reservation.call::<i64>(args! { a: "text" }).await.expect_err("wrong");
    assert!(matches!(wrong, CallError::Arguments(_)), "{wrong}");
}

#[tokio::test]
async fn typed_calls_are_made_by_a_reservation_as_by_a_client() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 2}))).await;
    let (_client, action) = action(&peer).await;
    let reservation = action.reserve().await.expect("reserved");
    let target = CallTarget::ActionHash("h".to_owned());
    let request = CallRequest::new(target, to_raw_value(&json!({"a": 1})).expect("json"));
    let mut events = Caller::start(&reservation, request).await.expect("started");
    while events.next().await.expect("an event").is_some() {}
    assert_eq!(peer.world().assigned[0]["reservation"], "500");
}

#[tokio::test]
async fn a_dropped_reservation_ends_and_a_kept_one_does_not() {
    let peer = Peer::start().await;
    let (client, action) = action(&peer).await;
    let first = action.reserve().reference("mine").await.expect("reserved");
    assert_eq!(peer.world().reserved[0]["reference"], "mine");
    let mut second = action.reserve().await.expect("reserved");
    let third = action.reserve().await.expect("reserved");
    second.keep();
    drop((first, second));
    peer.posted("unreserve", 1).await;
    third.unreserve().await.expect("ended");
    assert_eq!(peer.world().unreserved, ["500", "502"]);

    let again = client.reservation("501").await.expect("held");
    assert_eq!(again.action().name(), "Add");
    assert_eq!(client.my_reservations().await.expect("a list").len(), 1);
    drop(again);
    let gone = client.reservation("500").await.expect_err("ended");
    assert!(matches!(&gone, CallError::NotFound(text) if text.contains("500")), "{gone}");
    assert_eq!(peer.world().unreserved.len(), 2);
}

#[tokio::test]
async fn a_lost_answer_is_made_up_for_by_the_reference() {
    let peer = Peer::start().await;
    let (_client, action) = action(&peer).await;
    peer.world().assign_fault = Some((502, "bad gateway"));
    let reservation = action.reserve().await.expect("held");
    assert_eq!((reservation.id(), peer.world().reserved.len()), ("500", 1));
}

#[tokio::test]
async fn a_reservation_that_is_dropped_while_it_is_made_ends() {
    let peer = Peer::start().await;
    let (_client, action) = action(&peer).await;
    tokio::select! {
        reserved = action.reserve().into_future() => drop(reserved),
        () = peer.posted("reserve", 1) => {}
    }
    peer.posted("unreserve", 1).await;
}

#[tokio::test]
async fn one_implementation_is_reserved_where_one_was_found() {
    let peer = Peer::start().await;
    peer.world().implementations = json!([{"id": "7", "interface": "add",
        "agent": {"id": "1", "name": "app:1", "connected": true, "instanceId": "default"},
        "action": {"id": "9", "hash": "abc", "name": "Add", "kind": "FUNCTION", "args": [], "returns": []}}]);
    let client = peer.client().await;
    let _held = client.find("app", "add").await.expect("found").reserve().await.expect("reserved");
    let input = peer.world().reserved[0].clone();
    assert_eq!((&input["implementation"], input.get("action")), (&json!("7"), None::<&Value>));
}

/// Reads until so many implementations are viable; the state is another one each time.
async fn until(watch: &mut ReservationWatch, viable: usize) {
    let mut last = None;
    while last != Some(viable) {
        let now = watch.next().await.expect("a state").expect("readable").implementations.len();
        assert_ne!(last, Some(now));
        last = Some(now);
    }
}

#[tokio::test]
async fn a_watch_begins_with_what_is_now_and_tells_each_change_once() {
    let peer = Peer::start().await;
    let (_client, action) = action(&peer).await;
    let reservation = action.reserve().await.expect("reserved");
    let mut watch = reservation.watch();
    let now = watch.next().await.expect("a state").expect("readable");
    assert!(!now.viable && now.implementations.is_empty());
    peer.reviews("500", 1, true);
    peer.reviews("500", 1, true);
    peer.reviews("999", 3, true);
    peer.reviews("500", 2, true);
    until(&mut watch, 2).await;
    // What is not told is asked for.
    peer.reviews("500", 0, false);
    until(&mut watch, 0).await;
    peer.cut();
    peer.reviews("500", 3, false);
    until(&mut watch, 3).await;
    peer.world().reservations.clear();
    let end = watch.next().await.expect("an end").expect_err("gone");
    assert!(matches!(end, CallError::NotFound(_)), "{end}");
    assert!(watch.next().await.is_none());
}

#[tokio::test]
async fn a_server_that_takes_no_reservations_is_said_to() {
    let peer = Peer::start().await;
    let (_client, action) = action(&peer).await;
    let reservation = action.reserve().await.expect("reserved");
    peer.world().assign_fault =
        Some((200, r#"{"data": null, "errors": [{"message": "'NoneType' object has no attribute 'id'"}]}"#));
    let error = reservation.call::<i64>(args! { a: 1 }).await.expect_err("refused");
    assert!(
        error.to_string().contains("NoneType") && error.to_string().contains("by the reservation 500"),
        "{error}"
    );
}
