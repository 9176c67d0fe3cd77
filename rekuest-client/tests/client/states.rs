//! States: read once, and watched through everything that may happen.

use std::sync::Arc;

use futures_util::StreamExt as _;
use rekuest_client::{Client, StateError, StateWatch};
use rekuest_core::{Contexts, JsonWriter, Port, PortKind, StateType, ValueError};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::access::Renewing;
use crate::peer::Peer;

/// What `#[derive(State)]` makes of `struct Counter { count: i64 }`.
#[derive(Debug, Clone, PartialEq)]
struct Counter {
    count: i64,
}

impl StateType for Counter {
    const NAME: &'static str = "Counter";
    const PORTS: &'static [Port] = &[Port::new(PortKind::Int).keyed("count")];

    async fn expand_state(value: &RawValue, _: &Contexts) -> Result<Self, ValueError> {
        let fields: Value = serde_json::from_str(value.get()).expect("json");
        let count = fields["count"].as_i64();
        let count = count.ok_or_else(|| ValueError::expected("INT", &fields["count"]).at_key("count"))?;
        Ok(Self { count })
    }

    async fn shrink_state(self, out: &mut JsonWriter, _: &Contexts) -> Result<(), ValueError> {
        out.raw(&json!({"count": self.count}).to_string());
        Ok(())
    }
}

fn count(count: i64) -> Value {
    json!({"count": count})
}

fn watch(client: &Client) -> StateWatch<Counter> {
    client.state::<Counter>("counter", "default").watch()
}

/// The next value of a watch.
async fn next(watch: &mut StateWatch<Counter>) -> i64 {
    watch.next().await.expect("it goes on").expect("a counter").count
}

#[tokio::test]
async fn a_state_is_read_as_its_type_and_without_one() {
    let peer = Peer::start().await;
    peer.shows("7", count(3));
    let client = peer.client().await;
    assert_eq!(client.state::<Counter>("counter", "default").await.expect("read"), Counter { count: 3 });
    peer.shows("8", json!({"count": 4, "more": 5.0}));
    let named = client.state_named("counter:1", "default", "Counter").await.expect("read");
    assert_eq!(named, json!({"count": 4, "more": 5.0}));
    assert!(peer.world().frames.is_empty(), "nothing is subscribed to");
}

#[tokio::test]
async fn a_state_that_is_not_there_is_not_found_and_ends_a_watch() {
    let peer = Peer::start().await;
    peer.shows("7", count(3));
    let client = peer.client().await;
    let error = client.state_named("counter", "default", "Position").await.expect_err("none");
    assert!(matches!(error, StateError::NotFound(_)), "{error:?}");
    assert_eq!(error.to_string(), "the app `counter` has no state `Position`; it has: `Counter`");
    let error = client.state::<Counter>("other", "default").await.expect_err("none");
    assert_eq!(error.to_string(), "there is no app `other`; there is a state `Counter` of: `counter`");
    let mut watch = client.state::<Counter>("counter", "two").watch();
    let error = watch.next().await.expect("an end").expect_err("none");
    assert_eq!(error.to_string(), "the app `counter` has no instance `two`; there are: `default`");
    assert!(watch.next().await.is_none());
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_an_error_and_a_watch_goes_on_after_it() {
    let peer = Peer::start().await;
    peer.shows("7", json!({"count": "many"}));
    let client = peer.client().await;
    let error = client.state::<Counter>("counter", "default").await.expect_err("no number");
    assert!(matches!(error, StateError::Unreadable { .. }), "{error:?}");
    assert_eq!(
        error.to_string(),
        r#"the state `Counter` of `counter` does not fit: count: expected INT, got "many""#
    );
    let mut watch = watch(&client);
    assert!(matches!(watch.next().await, Some(Err(StateError::Unreadable { .. }))));
    peer.watched("7").await;
    peer.changes("7", count(1));
    assert_eq!(next(&mut watch).await, 1);
}

#[tokio::test]
async fn a_watch_begins_with_the_value_now_and_tells_every_other_one_once() {
    let peer = Peer::start().await;
    peer.world().token = Some("token".to_owned());
    peer.shows("7", count(0));
    let client = peer.client().await;
    let mut watch = watch(&client);
    assert_eq!(next(&mut watch).await, 0);
    peer.watched("7").await;
    // The same object, written otherwise, is the same value.
    peer.changes("7", count(0));
    for number in 1..4 {
        peer.changes("7", count(number));
        assert_eq!(next(&mut watch).await, number);
        peer.changes("7", count(number));
    }
    let world = peer.world();
    assert_eq!(world.frames[0], json!({"type": "connection_init", "payload": {"token": "token"}}));
    assert_eq!(world.frames[1]["payload"]["variables"], json!({"stateId": "7"}));
    assert_eq!(world.frames.iter().filter(|frame| frame["type"] == "subscribe").count(), 1);
}

#[tokio::test]
async fn a_watch_without_a_type_tells_objects() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    let client = peer.client().await;
    let mut watch = client.state_named("counter", "default", "Counter").watch();
    assert_eq!(watch.next().await.expect("a value").expect("an object"), count(0));
    peer.watched("7").await;
    peer.changes("7", json!({"count": 1.5}));
    assert_eq!(watch.next().await.expect("a value").expect("an object"), json!({"count": 1.5}));
}

#[tokio::test]
async fn every_watch_has_a_socket_of_its_own_and_none_is_shared_with_calls() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    peer.shows("7", count(0));
    let client = peer.client().await;
    let (mut first, mut second) = (watch(&client), watch(&client));
    assert_eq!((next(&mut first).await, next(&mut second).await), (0, 0));
    assert_eq!(crate::calling::add(&client).await.expect("a sum"), 3);
    peer.until("three sockets", |world| {
        let opened = world.frames.iter().filter(|frame| frame["type"] == "subscribe").count();
        (opened == 3).then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_was_told_before_the_answer_of_the_read_is_not_taken_back_by_it() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    let client = peer.client().await;
    let reads = Arc::clone(&peer.world().reads);
    let held = reads.lock().await;
    let mut watch = watch(&client);
    peer.watched("7").await;
    peer.posted("state", 1).await;
    peer.changes("7", count(1));
    assert_eq!(next(&mut watch).await, 1);
    drop(held);
    // Once it is asked again, the first answer has come.
    peer.posted("state", 2).await;
    peer.changes("7", count(2));
    assert_eq!(next(&mut watch).await, 2);
}

#[tokio::test]
async fn what_is_told_late_does_not_take_back_what_was_read() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    let late = peer.keep_state("7", count(1));
    peer.keep_state("7", count(2));
    let client = peer.client().await;
    let mut watch = watch(&client);
    assert_eq!(next(&mut watch).await, 2);
    peer.watched("7").await;
    peer.tell_state("7", &late);
    peer.changes("7", count(3));
    assert_eq!(next(&mut watch).await, 3);
}

#[tokio::test]
async fn what_changes_before_the_subscription_is_active_is_seen_by_reading_again() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    let client = peer.client().await;
    let mut watch = watch(&client);
    assert_eq!(next(&mut watch).await, 0);
    peer.keep_state("7", count(1));
    assert_eq!(next(&mut watch).await, 1);
}

#[tokio::test]
async fn after_a_cut_the_state_is_read_anew_and_told_only_if_it_is_another() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    let client = peer.client().await;
    let mut watch = watch(&client);
    assert_eq!(next(&mut watch).await, 0);
    peer.watched("7").await;
    peer.world().no_sockets = true;
    peer.cut();
    peer.keep_state("7", count(1));
    peer.world().no_sockets = false;
    assert_eq!(next(&mut watch).await, 1);

    peer.watched("7").await;
    peer.cut();
    peer.watched("7").await;
    let read = peer.world().count("state");
    peer.posted("state", read + 1).await;
    peer.changes("7", count(2));
    assert_eq!(next(&mut watch).await, 2, "it was 1 all the time");
}

#[tokio::test]
async fn a_state_that_was_gone_is_found_again_under_another_id() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    let client = peer.client().await;
    let mut watch = watch(&client);
    assert_eq!(next(&mut watch).await, 0);
    // The server has started anew and the app was not there yet.
    peer.hides();
    peer.cut();
    let looked = peer.world().count("agents");
    peer.posted("agents", looked + 2).await;
    peer.shows("8", count(5));
    assert_eq!(next(&mut watch).await, 5);
    peer.watched("8").await;
    peer.changes("8", count(6));
    assert_eq!(next(&mut watch).await, 6);
}

#[tokio::test]
async fn a_state_that_gets_another_id_without_a_cut_is_found_too() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    let client = peer.client().await;
    let mut watch = watch(&client);
    assert_eq!(next(&mut watch).await, 0);
    peer.watched("7").await;
    peer.shows("8", count(0));
    peer.watched("8").await;
    peer.changes("8", count(1));
    assert_eq!(next(&mut watch).await, 1, "what it was under the first id is not told again");
}

#[tokio::test]
async fn a_watch_goes_over_to_an_agent_that_takes_the_place_of_one_that_is_away() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    let client = peer.client().await;
    let mut watch = watch(&client);
    assert_eq!(next(&mut watch).await, 0);
    peer.keep_state("8", count(9));
    {
        let mut world = peer.world();
        world.states.get_mut("7").expect("the state")["agent"]["connected"] = json!(false);
        world.agents = json!([
            {"id": "1", "name": "counter:1", "connected": false, "instanceId": "default",
                "states": [{"id": "7", "interface": "Counter"}]},
            {"id": "2", "name": "counter:2", "connected": true, "instanceId": "default",
                "states": [{"id": "8", "interface": "Counter"}]},
        ]);
    }
    assert_eq!(next(&mut watch).await, 9);
}

#[tokio::test]
async fn who_is_slow_gets_the_newest_value() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    let client = peer.client().await;
    let mut watch = watch(&client);
    peer.watched("7").await;
    for number in 1..=5_000 {
        peer.changes("7", count(number));
    }
    let mut last = -1;
    let mut values = 0;
    while last != 5_000 {
        let value = next(&mut watch).await;
        assert!(value > last, "{value} after {last}");
        (last, values) = (value, values + 1);
    }
    // What comes in one burst is read before this test has its turn.
    assert!(values < 5_000, "{values}");
}

#[tokio::test]
async fn what_is_told_and_cannot_be_read_is_asked_for() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    let client = peer.client().await;
    let mut watch = watch(&client);
    assert_eq!(next(&mut watch).await, 0);
    peer.watched("7").await;
    peer.keep_state("7", count(1));
    peer.tell_state("7", &json!(5));
    assert_eq!(next(&mut watch).await, 1);
}

#[tokio::test]
async fn a_watch_waits_for_a_server_that_cannot_be_reached() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    peer.world().fault = Some((503, "starting"));
    let client = peer.client().await;
    let mut watch = watch(&client);
    let begun = async {
        // More than one operation tries by itself.
        peer.posted("agents", 6).await;
        peer.world().fault = None;
    };
    let (first, ()) = tokio::join!(next(&mut watch), begun);
    assert_eq!(first, 0);
    peer.watched("7").await;
    {
        let mut world = peer.world();
        world.no_sockets = true;
        world.fault = Some((404, "<h1>Not yet</h1>"));
    }
    peer.cut();
    let looked = peer.world().count("agents");
    let restarted = async {
        peer.posted("agents", looked + 5).await;
        peer.keep_state("7", count(1));
        let mut world = peer.world();
        world.no_sockets = false;
        world.fault = None;
    };
    let (second, ()) = tokio::join!(next(&mut watch), restarted);
    assert_eq!(second, 1);
}

#[tokio::test]
async fn what_is_no_rekuest_server_ends_a_watch_that_has_never_seen_one() {
    let peer = Peer::start().await;
    peer.world().fault = Some((404, "<h1>Not Found</h1>"));
    let client = peer.client().await;
    let error = watch(&client).next().await.expect("an end").expect_err("no server");
    assert!(matches!(error, StateError::Connection { .. }), "{error:?}");
    assert!(error.to_string().starts_with("the state `Counter` of `counter` cannot be read"), "{error}");
    assert!(error.to_string().contains("<h1>Not Found</h1>"), "{error}");
}

#[tokio::test]
async fn a_token_that_is_refused_for_good_ends_a_watch_and_one_that_is_renewed_does_not() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    peer.world().token = Some("another".to_owned());
    let client = peer.client().await;
    let error = watch(&client).next().await.expect("an end").expect_err("refused");
    assert!(matches!(error, StateError::Refused(_)), "{error:?}");

    // The same where only the subscription looks at the token, whatever was read until then.
    peer.world().token = None;
    peer.world().subscription_token = Some("new".to_owned());
    let mut refused = watch(&client);
    let error = loop {
        if let Err(error) = refused.next().await.expect("an end") {
            break error;
        }
    };
    assert!(error.to_string().contains("User is not set in the request"), "{error}");
    assert!(refused.next().await.is_none());

    let renewed = Peer::impatient(Renewing::new(&peer)).await;
    let mut watch = watch(&renewed);
    assert_eq!(next(&mut watch).await, 0);
    peer.watched("7").await;
    peer.changes("7", count(1));
    assert_eq!(next(&mut watch).await, 1);
}

#[tokio::test]
async fn a_server_that_goes_on_refusing_ends_a_watch_in_its_words() {
    let peer = Peer::start().await;
    peer.world().fault = Some((200, r#"{"data": null, "errors": [{"message": "not for you"}]}"#));
    let client = peer.client().await;
    let mut watch = watch(&client);
    let error = watch.next().await.expect("an end").expect_err("refused");
    assert_eq!(error.to_string(), "the server refused to show the state: not for you");
    assert_eq!(peer.world().count("agents"), 3);
}

#[tokio::test]
async fn a_dropped_watch_closes_its_socket() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    let client = peer.client().await;
    let mut watching = watch(&client);
    assert_eq!(next(&mut watching).await, 0);
    peer.watched("7").await;
    drop(watching);
    peer.until("the end of the watch", |world| world.watchers_are_gone().then_some(())).await;
}

#[tokio::test]
async fn a_watch_goes_on_without_its_client() {
    let peer = Peer::start().await;
    peer.shows("7", count(0));
    let client = peer.client().await;
    let mut watch = watch(&client);
    drop(client);
    assert_eq!(next(&mut watch).await, 0);
    peer.watched("7").await;
    peer.cut();
    peer.keep_state("7", count(1));
    assert_eq!(next(&mut watch).await, 1);
}
