//! Several calls at once.

use std::sync::{Arc, Mutex};

use futures_util::StreamExt as _;
use rekuest_client::{Action, args, join, map};
use rekuest_core::CallError;
use serde_json::json;

use crate::peer::Peer;

/// The action `twice`, on a server that does not answer by itself.
async fn twice(peer: &Peer) -> Action {
    peer.world().action = json!({"id": "1", "hash": "h", "name": "Twice", "kind": "FUNCTION",
        "args": [{"key": "x", "kind": "INT"}], "returns": [{"key": "return0", "kind": "INT"}]});
    peer.client().await.action("1").await.expect("the action")
}

/// A server that doubles, and fails for 13.
async fn doubling() -> Peer {
    Peer::scripted(|peer, id| {
        let x =
            peer.world().assigned.last().and_then(|input| input["args"]["x"].as_i64()).expect("an argument");
        if x == 13 {
            peer.happens(id, "CRITICAL", json!({"message": "no luck"}));
        } else {
            peer.returns(id, json!({"return0": 2 * x}));
        }
    })
    .await
}

#[tokio::test]
async fn calls_of_several_types_are_joined() {
    let peer = doubling().await;
    let action = twice(&peer).await;
    let (two, four, ()) = join((
        action.call::<i64>(args! { x: 1 }),
        action.call::<i32>(args! { x: 2 }),
        action.call::<()>(args! { x: 3 }),
    ))
    .await
    .expect("joined");
    assert_eq!((two, four), (2, 4));
    let all = join([1, 2, 3].map(|x| action.call::<i64>(args! { x: x }))).await.expect("joined");
    assert_eq!(all, [2, 4, 6]);
    let none: Vec<i64> = join(Vec::<rekuest_core::Call<'_, i64>>::new()).await.expect("joined");
    assert!(none.is_empty());
}

#[tokio::test]
async fn calls_are_joined_and_mapped_in_tasks_of_their_own() {
    let peer = doubling().await;
    let action = twice(&peer).await;
    let task = tokio::spawn(async move {
        let (two, four) =
            join((action.call::<i64>(args! { x: 1 }), action.call::<i64>(args! { x: 2 }))).await?;
        let all = map([3, four]).run(|x| action.call::<i64>(args! { x: x })).all().await?;
        Ok::<_, CallError>((two, all))
    });
    assert_eq!(task.await.expect("no panic").expect("called"), (2, vec![6, 8]));
}

#[tokio::test]
async fn the_first_failure_of_joined_calls_cancels_the_others() {
    let peer = Peer::scripted(|peer, id| {
        if peer.world().assigned.last().is_some_and(|input| input["args"]["x"] == 13) {
            peer.happens(id, "CRITICAL", json!({"message": "no luck"}));
        }
    })
    .await;
    let action = twice(&peer).await;
    let waiting = async {
        let waits = action.start(args! { x: 1 }).await?;
        waits.returns().await
    };
    let failing = async {
        peer.assigned().await;
        action.call::<i64>(args! { x: 13 }).await
    };
    let error = join((waiting, failing)).await.expect_err("failed");
    assert!(matches!(error, CallError::Critical { .. }), "{error}");
    peer.posted("cancel", 1).await;
    assert_eq!(peer.world().cancelled, ["100"]);
}

#[tokio::test]
async fn no_more_calls_run_at_once_than_are_allowed_and_progress_is_told() {
    let peer = Peer::start().await;
    let action = twice(&peer).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&told);
    let mut mapped =
        map(0..5).at_most(2).run(|x| action.call::<i64>(args! { x: x })).on_progress(move |progress| {
            listener.lock().expect("a lock").push((progress.started, progress.ended))
        });
    assert_eq!(mapped.progress().total, Some(5));
    let ends = async {
        for count in 1..=5_usize {
            // Two run, so the next one ends only what is there.
            peer.posted("assign", count).await;
            let running = count.clamp(2, 5);
            peer.posted("assign", running).await;
            assert!(peer.world().assigned.len() <= count + 1);
            let id = (99 + count).to_string();
            let x = peer.world().assigned[count - 1]["args"]["x"].as_i64().expect("an argument");
            peer.returns(&id, json!({"return0": 2 * x}));
        }
    };
    let results = async {
        let mut results = Vec::new();
        while let Some((index, result)) = mapped.next().await {
            results.push((index as i64, result.expect("a number")));
        }
        results
    };
    let (mut results, ()) = tokio::join!(results, ends);
    results.sort_unstable();
    assert_eq!(results, [(0, 0), (1, 2), (2, 4), (3, 6), (4, 8)]);
    let told = told.lock().expect("a lock").clone();
    assert_eq!((told.first(), told.last()), (Some(&(1, 0)), Some(&(5, 5))));
    assert!(told.iter().all(|(started, ended)| started - ended <= 2));
}

#[tokio::test]
async fn one_failure_among_many_does_not_end_the_others() {
    let peer = doubling().await;
    let action = twice(&peer).await;
    let mapped = map([1, 13, 3]).run(|x| action.call::<i64>(args! { x: x })).in_order();
    let results: Vec<_> = mapped.collect().await;
    let indices: Vec<_> = results.iter().map(|(index, _)| *index).collect();
    assert_eq!(indices, [0, 1, 2]);
    assert!(matches!(&results[1].1, Err(CallError::Critical { .. })));
    assert_eq!(*results[2].1.as_ref().expect("a number"), 6);
    let error = map([1, 13, 3]).run(|x| action.call::<i64>(args! { x: x })).all().await.expect_err("failed");
    assert!(error.to_string().contains("no luck"), "{error}");
    let all = map([3, 1, 2]).run(|x| action.call::<i64>(args! { x: x })).all().await.expect("all");
    assert_eq!(all, [6, 2, 4]);
}

#[tokio::test]
async fn results_in_order_wait_for_those_before_them() {
    let peer = Peer::start().await;
    let action = twice(&peer).await;
    let mut mapped = map(0..3).at_most(2).run(|x| action.call::<i64>(args! { x: x })).in_order();
    let ends = async {
        peer.posted("assign", 2).await;
        let place = |x: i64| {
            let world = peer.world();
            let at = world.assigned.iter().position(|input| input["args"]["x"] == x).expect("a call");
            (100 + at).to_string()
        };
        peer.returns(&place(1), json!({"return0": 2}));
        // It keeps its place until the one before it has come.
        assert_eq!(peer.world().assigned.len(), 2);
        peer.returns(&place(0), json!({"return0": 0}));
        peer.posted("assign", 3).await;
        peer.returns(&place(2), json!({"return0": 4}));
    };
    let results = async {
        let mut results = Vec::new();
        while let Some((_, result)) = mapped.next().await {
            results.push(result.expect("a number"));
        }
        results
    };
    let (results, ()) = tokio::join!(results, ends);
    assert_eq!(results, [0, 2, 4]);
}

#[tokio::test]
async fn dropping_a_map_cancels_what_runs() {
    let peer = Peer::start().await;
    let action = twice(&peer).await;
    let mut mapped = map(0..9).at_most(2).run(|x| action.call::<i64>(args! { x: x }));
    tokio::select! {
        _ = mapped.next() => panic!("nothing returns"),
        () = peer.posted("assign", 2) => {}
    }
    drop(mapped);
    peer.posted("cancel", 2).await;
    assert_eq!(peer.world().assigned.len(), 2);
}
