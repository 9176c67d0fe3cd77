//! CANCEL: before the start, while running, after the end.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rekuest_core::{Function, task};
use serde_json::json;
use tokio::sync::Notify;

use crate::functions::{Gate, begins, blocks, endless};
use crate::scripted::{Peer, soon, until, waits};

const ONE: std::num::NonZeroUsize = std::num::NonZeroUsize::MIN;

#[tokio::test]
async fn cancel_before_start_is_cancelled_and_the_place_goes_to_the_next() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let agent = peer.agent([waits(&go_on).concurrency(ONE)]);
    let mut socket = peer.connection(&[]).await;
    for id in ["1", "2", "3"] {
        socket.assign(id, "waits", json!({})).await;
    }
    assert_eq!(socket.said().await, ("PROGRESS".to_owned(), "Running".to_owned()));
    for id in ["2", "3"] {
        let queued = socket.receive().await;
        assert_eq!((&queued["assignation"], &queued["message"]), (&json!(id), &json!("Queued")));
        assert_eq!(queued["progress"], 0);
    }
    assert_eq!((agent.handle.status().running, agent.handle.status().queued), (1, 2));
    socket.tell("CANCEL", "2").await;
    let cancelled = socket.receive().await;
    assert_eq!((&cancelled["type"], &cancelled["assignation"]), (&json!("CANCELLED"), &json!("2")));
    go_on.notify_one();
    assert_eq!(socket.receive_to_end().await.1["assignation"], "1");
    assert_eq!(socket.said().await, ("PROGRESS".to_owned(), "Running".to_owned()));
    go_on.notify_one();
    assert_eq!(socket.receive_to_end().await.1["assignation"], "3");
    socket.assert_silent().await;
}

#[tokio::test]
async fn an_async_function_cleans_up_before_it_is_cancelled() {
    struct Cleanup(Arc<AtomicBool>);
    impl Drop for Cleanup {
        fn drop(&mut self) {
            self.0.store(task::current().is_ok(), Ordering::SeqCst);
        }
    }
    let mut peer = Peer::start().await;
    let clean = Arc::new(AtomicBool::new(false));
    let cleanup = Arc::clone(&clean);
    let cleans = Function::future("cleans", [], move || {
        let cleanup = Arc::clone(&cleanup);
        async move {
            let _cleanup = Cleanup(cleanup);
            begins();
            std::future::pending::<()>().await;
        }
    });
    let _agent = peer.agent([cleans]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "cleans", json!({})).await;
    socket.receive().await;
    assert_eq!(socket.said().await.1, "begun");
    socket.tell("CANCEL", "7").await;
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    assert!(clean.load(Ordering::SeqCst), "it was reported before its cleanup had run, for its task");
    socket.assert_silent().await;
}

#[tokio::test]
async fn a_blocking_function_is_cancelled_at_once_and_its_thread_counts_as_lingering() {
    let mut peer = Peer::start().await;
    let gate = Gate::new();
    let agent = peer.agent([blocks(&gate)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "blocks", json!({})).await;
    socket.receive().await;
    assert_eq!(socket.said().await.1, "begun");
    socket.tell("CANCEL", "7").await;
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    let status = agent.handle.status();
    assert_eq!((status.lingering, status.running, status.cancelled), (1, 0, 1));
    gate.open();
    until("the end of the thread", || agent.handle.status().lingering == 0).await;
    socket.assert_silent().await;
}

#[tokio::test]
async fn a_blocking_function_leaves_by_checking_its_task() {
    let mut peer = Peer::start().await;
    let left = Arc::new(Notify::new());
    let leaves = Arc::clone(&left);
    let looks = Function::blocking("looks", [], move || {
        begins();
        let task = task::current().expect("a task");
        while task.check().is_ok() {
            std::thread::yield_now();
        }
        leaves.notify_one();
        task.check()
    });
    let agent = peer.agent([looks]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "looks", json!({})).await;
    socket.receive().await;
    assert_eq!(socket.said().await.1, "begun");
    socket.tell("CANCEL", "7").await;
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    soon("the function", left.notified()).await;
    until("the end of the thread", || agent.handle.status().lingering == 0).await;
    socket.assert_silent().await;
}

#[tokio::test]
async fn an_async_function_that_leaves_because_it_was_cancelled_has_not_failed() {
    let mut peer = Peer::start().await;
    let looks = || {
        let task = task::current().expect("a task");
        begins();
        while task.check().is_ok() {
            std::thread::yield_now();
        }
        task.check()
    };
    let waits_for_it = Function::future("waits_for_it", [], move || async move {
        task::current()
            .expect("a task")
            .spawn_blocking(looks)
            .await
            .map_err(|error| error.to_string())?
            .map_err(|error| error.to_string())
    });
    let agent = peer.agent([waits_for_it]);
    let mut socket = peer.connection(&[]).await;
    for round in 0..20 {
        let id = round.to_string();
        socket.assign(&id, "waits_for_it", json!({})).await;
        socket.receive().await;
        assert_eq!(socket.said().await.1, "begun");
        socket.tell("CANCEL", &id).await;
        assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    }
    assert_eq!(agent.handle.status().failed, 0);
}

#[tokio::test]
async fn cancel_of_what_has_ended_says_nothing_and_of_an_unknown_id_says_cancelled_once() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([Function::blocking("one", [], || 1_i64)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "one", json!({})).await;
    socket.receive_to_end().await;
    socket.tell("CANCEL", "7").await;
    socket.assert_silent().await;
    socket.tell("CANCEL", "unknown").await;
    socket.tell("CANCEL", "unknown").await;
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
    socket.assert_silent().await;
    // Had it come late, it would not run now.
    socket.assign("unknown", "one", json!({})).await;
    socket.assert_silent().await;
}

#[tokio::test]
async fn cancel_that_races_with_the_end_is_one_end() {
    const TIMES: usize = 400;
    let mut peer = Peer::start().await;
    let short = Function::future("short", ["rounds"], |rounds: i64| async move {
        for _ in 0..rounds {
            tokio::task::yield_now().await;
        }
        rounds
    });
    let blocking = Function::blocking("blocking", ["rounds"], |rounds: i64| {
        (0..rounds * 20).for_each(|_| std::thread::yield_now());
        rounds
    });
    let agent = peer.agent([short, blocking]);
    let mut socket = peer.able_connection(&["interrupt", "unpaced"], &[]).await;
    for round in 0..TIMES {
        let id = round.to_string();
        let interface = if round % 2 == 0 { "short" } else { "blocking" };
        socket.assign(&id, interface, json!({"rounds": round % 7})).await;
        socket.tell(if round % 3 == 0 { "INTERRUPT" } else { "CANCEL" }, &id).await;
    }
    let mut ends: HashMap<String, usize> = HashMap::new();
    while ends.len() < TIMES {
        let (_, end) = socket.receive_to_end().await;
        assert_ne!(end["type"], "CRITICAL", "{end}");
        *ends.entry(end["assignation"].as_str().expect("an id").to_owned()).or_default() += 1;
    }
    until("the end of the code", || agent.handle.status().lingering == 0).await;
    socket.assert_silent().await;
    assert!(ends.values().all(|&count| count == 1), "{ends:?}");
    let status = agent.handle.status();
    assert_eq!(status.done + status.cancelled, TIMES as u64);
    assert_eq!((status.running, status.failed), (0, 0));
}

#[tokio::test]
async fn what_is_open_is_cancelled_when_the_agent_is_dropped() {
    struct Dropped(Arc<Notify>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            self.0.notify_one();
        }
    }
    let mut peer = Peer::start().await;
    let dropped = Arc::new(Notify::new());
    let guard = Arc::clone(&dropped);
    let endless = endless();
    let held = Function::future("held", [], move || {
        let guard = Dropped(Arc::clone(&guard));
        async move {
            let _guard = guard;
            begins();
            std::future::pending::<()>().await;
        }
    });
    let agent = peer.agent([endless, held]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "held", json!({})).await;
    socket.receive().await;
    assert_eq!(socket.said().await.1, "begun");
    drop(agent);
    soon("the cleanup", dropped.notified()).await;
}
