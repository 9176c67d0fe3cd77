//! How many assignations run at once, and who is next.

use std::num::NonZeroUsize;
use std::sync::Arc;

use rekuest_core::Function;
use serde_json::json;
use tokio::sync::Notify;

use crate::functions::{Gate, blocks, endless};
use crate::scripted::{Peer, Socket, until, waits};

fn at_most(most: usize) -> NonZeroUsize {
    NonZeroUsize::new(most).expect("not zero")
}

/// The assignation and the message of the next frame, or its type if it has none.
async fn next(socket: &mut Socket) -> (String, String) {
    let frame = socket.receive().await;
    let word = |key: &str| frame[key].as_str().map(str::to_owned);
    (word("assignation").expect("an id"), word("message").or(word("type")).expect("a type"))
}

async fn assert_next(socket: &mut Socket, expected: &[(&str, &str)]) {
    for (id, says) in expected {
        assert_eq!(next(socket).await, ((*id).to_owned(), (*says).to_owned()));
    }
}

#[tokio::test]
async fn so_many_run_at_once_and_the_others_in_the_order_in_which_they_came() {
    let go_on = Arc::new(Notify::new());
    for of_the_agent in [false, true] {
        let mut peer = Peer::start().await;
        let function = if of_the_agent { waits(&go_on) } else { waits(&go_on).concurrency(at_most(2)) };
        let agent =
            peer.agent_with(
                [function],
                |builder| {
                    if of_the_agent { builder.concurrency(at_most(2)) } else { builder }
                },
            );
        let mut socket = peer.able_connection(&["unpaced"], &[]).await;
        for id in ["1", "2", "3", "4", "5"] {
            socket.assign(id, "waits", json!({})).await;
        }
        assert_next(&mut socket, &[("1", "Running"), ("2", "Running")]).await;
        assert_next(&mut socket, &[("3", "Queued"), ("4", "Queued"), ("5", "Queued")]).await;
        socket.assert_silent().await;
        assert_eq!((agent.handle.status().running, agent.handle.status().queued), (2, 3));
        for (ended, started) in [("1", "3"), ("2", "4"), ("3", "5")] {
            go_on.notify_one();
            assert_next(&mut socket, &[(ended, "YIELD"), (ended, "DONE"), (started, "Running")]).await;
        }
        go_on.notify_one();
        go_on.notify_one();
        assert_next(&mut socket, &[("4", "YIELD"), ("4", "DONE")]).await;
        assert_next(&mut socket, &[("5", "YIELD"), ("5", "DONE")]).await;
        socket.assert_silent().await;
    }
}

#[tokio::test]
async fn functions_of_a_group_run_one_at_a_time_in_the_order_of_their_calls() {
    let mut peer = Peer::start().await;
    let gate = Gate::new();
    let moves = |interface: &'static str| {
        let gate = gate.clone();
        Function::blocking(interface, [], move || gate.pass()).group("stage")
    };
    let go_on = Arc::new(Notify::new());
    let _agent = peer.agent([moves("x"), moves("y"), waits(&go_on).group("stage"), endless()]);
    let mut socket = peer.able_connection(&["unpaced"], &[]).await;
    for (id, interface) in [("1", "x"), ("2", "y"), ("3", "waits"), ("4", "x")] {
        socket.assign(id, interface, json!({})).await;
    }
    assert_next(&mut socket, &[("1", "Running"), ("2", "Queued"), ("3", "Queued"), ("4", "Queued")]).await;
    // What is not in the group does not wait for it.
    socket.assign("5", "endless", json!({})).await;
    assert_next(&mut socket, &[("5", "Running"), ("5", "begun")]).await;
    gate.open();
    assert_next(&mut socket, &[("1", "YIELD"), ("1", "DONE"), ("2", "Running")]).await;
    gate.open();
    assert_next(&mut socket, &[("2", "YIELD"), ("2", "DONE"), ("3", "Running")]).await;
    go_on.notify_one();
    assert_next(&mut socket, &[("3", "YIELD"), ("3", "DONE"), ("4", "Running")]).await;
    gate.open();
    assert_next(&mut socket, &[("4", "YIELD"), ("4", "DONE")]).await;
}

#[tokio::test]
async fn a_cancelled_thread_keeps_its_place_until_it_ends() {
    for by_threads in [false, true] {
        let mut peer = Peer::start().await;
        let gate = Gate::new();
        let function = if by_threads { blocks(&gate) } else { blocks(&gate).concurrency(at_most(1)) };
        let agent = peer.agent_with([function], |builder| {
            if by_threads { builder.blocking_threads(at_most(1)) } else { builder }
        });
        let mut socket = peer.able_connection(&["unpaced"], &[]).await;
        socket.assign("1", "blocks", json!({})).await;
        assert_next(&mut socket, &[("1", "Running"), ("1", "begun")]).await;
        socket.assign("2", "blocks", json!({})).await;
        assert_next(&mut socket, &[("2", "Queued")]).await;
        socket.tell("CANCEL", "1").await;
        assert_next(&mut socket, &[("1", "CANCELLED")]).await;
        socket.assert_silent().await;
        let status = agent.handle.status();
        assert_eq!((status.running, status.queued, status.lingering), (0, 1, 1));
        gate.open();
        assert_next(&mut socket, &[("2", "Running"), ("2", "begun")]).await;
        until("the end of the first", || agent.handle.status().lingering == 0).await;
        gate.open();
        assert_next(&mut socket, &[("2", "YIELD"), ("2", "DONE")]).await;
    }
}

#[tokio::test]
async fn all_limits_together_do_not_block_each_other() {
    const CALLS: usize = 200;
    let mut peer = Peer::start().await;
    let every = |interface: &'static str, group: &'static str| {
        Function::blocking(interface, [], std::thread::yield_now).group(group).concurrency(at_most(2))
    };
    let light = Function::future("light", [], tokio::task::yield_now).group("b").concurrency(at_most(1));
    let functions = [every("one", "a"), every("two", "b"), every("three", "a"), light];
    let agent =
        peer.agent_with(functions, |builder| builder.concurrency(at_most(2)).blocking_threads(at_most(1)));
    let mut socket = peer.able_connection(&["unpaced", "interrupt"], &[]).await;
    for call in 0..CALLS {
        let id = call.to_string();
        socket.assign(&id, ["one", "two", "three", "light"][call % 4], json!({})).await;
        match call % 7 {
            0 => socket.tell("CANCEL", &id).await,
            1 => socket.tell("INTERRUPT", &(call / 2).to_string()).await,
            _ => {}
        }
    }
    let mut ends = std::collections::BTreeSet::new();
    while ends.len() < CALLS {
        let (_, end) = socket.receive_to_end().await;
        assert!(ends.insert(end["assignation"].to_string()), "a second end: {end}");
    }
    until("an idle agent", || agent.handle.status().lingering == 0).await;
    // Every place is free again.
    for interface in ["one", "two", "three", "light"] {
        socket.assign(interface, interface, json!({})).await;
        // It waits for a moment if the code of the last one is still about to leave.
        let (kinds, _) = socket.receive_to_end().await;
        assert!(kinds.ends_with(&["YIELD".to_owned(), "DONE".to_owned()]), "{kinds:?}");
    }
    let status = agent.handle.status();
    assert_eq!((status.running, status.queued), (0, 0));
}

#[tokio::test]
async fn what_waits_for_a_limit_is_cancelled_at_shutdown_with_what_runs() {
    let mut peer = Peer::start().await;
    let gate = Gate::new();
    let async_one = endless().group("stage");
    let functions = [blocks(&gate), Function::blocking("moves", [], || ()).group("stage"), async_one];
    let agent = peer.agent_with(functions, |builder| builder.blocking_threads(at_most(1)));
    let mut socket = peer.able_connection(&["unpaced"], &[]).await;
    socket.assign("thread", "blocks", json!({})).await;
    assert_next(&mut socket, &[("thread", "Running"), ("thread", "begun")]).await;
    // Holds the group and waits for a thread; the others wait for the group.
    let mut open = std::collections::BTreeSet::from(["thread".to_owned(), "holds".to_owned()]);
    socket.assign("holds", "moves", json!({})).await;
    assert_next(&mut socket, &[("holds", "Queued")]).await;
    for number in 0..20 {
        let id = number.to_string();
        socket.assign(&id, "endless", json!({})).await;
        assert_next(&mut socket, &[(&id, "Queued")]).await;
        open.insert(id);
    }
    agent.handle.shutdown_now();
    while !open.is_empty() {
        let (id, says) = next(&mut socket).await;
        assert_eq!(says, "CANCELLED", "{id}");
        assert!(open.remove(&id), "a second end of {id}");
    }
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    agent.ended().await.expect("an end as asked");
    gate.open();
}
