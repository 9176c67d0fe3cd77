//! What an agent says after it has lost a connection: what runs, what has ended, what it does not know.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use rekuest_core::Function;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::functions::{Made, counts};
use crate::scripted::{Peer, Socket, until, waits};

fn one() -> Function {
    Function::blocking("one", [], || 1_i64)
}

/// The frames up to a terminal one of an assignation.
async fn frames_to_end(socket: &mut Socket) -> Vec<Value> {
    let mut frames = Vec::new();
    loop {
        let frame = socket.receive().await;
        let kind = frame["type"].as_str().expect("a type").to_owned();
        frames.push(frame);
        if !matches!(kind.as_str(), "PROGRESS" | "YIELD" | "LOG") {
            return frames;
        }
    }
}

/// The numbers of what generators yielded.
fn numbers(frames: &[Value]) -> Vec<u64> {
    let yields = frames.iter().filter(|frame| frame["type"] == "YIELD");
    let texts = yields.map(|frame| frame["returns"]["return0"].as_str().expect("a text"));
    texts.map(|text| text.split(' ').next().expect("a number").parse().expect("a number")).collect()
}

#[tokio::test]
async fn work_that_ends_while_the_agent_is_away_is_reported_when_it_is_back() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let _agent = peer.agent([waits(&go_on)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "waits", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    socket.cut();
    go_on.notify_one();
    let mut socket = peer.connection(&["7"]).await;
    let (kinds, _) = socket.receive_to_end().await;
    // It may not have ended yet when it was asked about.
    assert!(kinds.ends_with(&["YIELD".to_owned(), "DONE".to_owned()]), "{kinds:?}");
    socket.assert_silent().await;
}

#[tokio::test]
async fn running_work_is_reported_as_running_after_a_reconnect_and_runs_once() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let _agent = peer.agent([waits(&go_on)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "waits", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    socket.cut();
    let mut socket = peer.connection(&["7"]).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    socket.assign("7", "waits", json!({})).await;
    socket.assert_silent().await;
    go_on.notify_one();
    assert_eq!(socket.receive_to_end().await.0, ["YIELD", "DONE"]);
}

#[tokio::test]
async fn a_delivered_end_is_repeated_only_when_the_server_asks() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([one()]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "one", json!({})).await;
    socket.assign("8", "one", json!({})).await;
    let (first, second) = (socket.receive_to_end().await, socket.receive_to_end().await);
    socket.cut();
    let mut socket = peer.connection(&["8"]).await;
    let (kinds, done) = socket.receive_to_end().await;
    assert_eq!(kinds, ["YIELD", "DONE"]);
    assert_eq!(done["assignation"], "8");
    let known = [first.1, second.1].iter().any(|end| end["id"] == done["id"]);
    assert!(known, "a repeated frame has the id it had");
    socket.assert_silent().await;
}

#[tokio::test]
async fn an_assignation_that_is_not_known_here_is_critical_after_a_grace() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([one()]);
    let mut socket = peer.connection(&["late", "lost"]).await;
    // Undelivered instructions follow INIT: this one is no loss.
    socket.assign("late", "one", json!({})).await;
    let (_, end) = socket.receive_to_end().await;
    assert_eq!((&end["assignation"], &end["type"]), (&json!("late"), &json!("DONE")));
    let (_, end) = socket.receive_to_end().await;
    assert_eq!((&end["assignation"], &end["type"]), (&json!("lost"), &json!("CRITICAL")));
}

#[tokio::test]
async fn what_is_not_confirmed_is_sent_again_in_order_as_the_same_frames() {
    let mut peer = Peer::start().await;
    let (_made, contexts) = Made::new();
    let _agent = peer.agent_with([counts()], |builder| builder.contexts(contexts));
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "counts", json!({"n": 20})).await;
    let first = frames_to_end(&mut socket).await;
    assert_eq!(numbers(&first), (0..20).collect::<Vec<_>>());
    socket.cut();
    let mut socket = peer.connection(&["7"]).await;
    let again = frames_to_end(&mut socket).await;
    assert_eq!(again, first[1..], "all but the PROGRESS");
    socket.assert_silent().await;
}

#[tokio::test]
async fn a_heartbeat_confirms_what_was_written_before_the_last_answer() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let agent = peer.agent([one(), waits(&go_on)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("waits", "waits", json!({})).await;
    socket.assign("early", "one", json!({})).await;
    socket.receive_type("DONE").await;
    socket.send(json!({"type": "HEARTBEAT"})).await;
    socket.receive_type("HEARTBEAT_ANSWER").await;
    socket.assign("late", "one", json!({})).await;
    socket.receive_type("DONE").await;
    assert_eq!(agent.handle.status().events_kept, 4);
    socket.send(json!({"type": "HEARTBEAT"})).await;
    socket.receive_type("HEARTBEAT_ANSWER").await;
    assert_eq!(agent.handle.status().events_kept, 2, "the late ones came after the first answer");
    socket.cut();
    let mut socket = peer.connection(&["early", "late", "waits"]).await;
    // Confirmed long ago, and nothing of it is kept: its caller is not left waiting.
    let mut ends = Vec::new();
    let mut others = Vec::new();
    while ends.len() < 2 {
        let frame = socket.receive().await;
        let word = |key: &str| frame[key].as_str().expect(key).to_owned();
        let said = (word("assignation"), word("type"));
        let list = if matches!(said.1.as_str(), "DONE" | "CRITICAL") { &mut ends } else { &mut others };
        list.push(said);
    }
    ends.sort();
    let pair = |id: &str, kind: &str| (id.to_owned(), kind.to_owned());
    assert_eq!(ends, [pair("early", "CRITICAL"), pair("late", "DONE")]);
    others.sort();
    assert_eq!(others, [pair("late", "YIELD"), pair("waits", "PROGRESS")]);
    go_on.notify_one();
    assert_eq!(socket.receive_to_end().await.0, ["YIELD", "DONE"]);
}

#[tokio::test]
async fn queued_work_is_reported_as_queued_and_what_is_not_asked_about_is_settled() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let agent = peer.agent([waits(&go_on).concurrency(std::num::NonZeroUsize::MIN), one()]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("runs", "waits", json!({})).await;
    socket.assign("waits", "waits", json!({})).await;
    socket.assign("settled", "one", json!({})).await;
    socket.receive_type("DONE").await;
    socket.cut();
    let mut socket = peer.connection(&["runs", "waits"]).await;
    let mut said = HashSet::new();
    for _ in 0..2 {
        let frame = socket.receive().await;
        said.insert((frame["assignation"].to_string(), frame["message"].to_string()));
    }
    let pair = |id: &str, message: &str| (json!(id).to_string(), json!(message).to_string());
    assert_eq!(said, HashSet::from([pair("runs", "Still running"), pair("waits", "Queued")]));
    socket.assert_silent().await;
    assert_eq!(agent.handle.status().events_kept, 0);
    socket.tell("CANCEL", "waits").await;
    assert_eq!(socket.receive_to_end().await.0, ["CANCELLED"]);
}

#[tokio::test]
async fn what_arrives_within_the_grace_is_told_its_own_end_alone() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([one()]);
    let mut socket = peer.connection(&["late", "lost"]).await;
    socket.assign("late", "one", json!({})).await;
    assert_eq!(socket.receive_to_end().await.0, ["PROGRESS", "YIELD", "DONE"]);
    // Confirmed, and so forgotten, within the grace.
    socket.assert_silent().await;
    let (_, lost) = socket.receive_to_end().await;
    assert_eq!((&lost["assignation"], &lost["type"]), (&json!("lost"), &json!("CRITICAL")));
    socket.assert_silent().await;
}

#[tokio::test]
async fn what_the_server_had_forgotten_is_heard_again_once_it_asks() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let _agent = peer.agent([waits(&go_on)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "waits", json!({})).await;
    socket.receive().await;
    socket.cut();
    let mut socket = peer.connection(&[]).await;
    socket.assert_silent().await;
    socket.cut();
    let mut socket = peer.connection(&["7"]).await;
    assert_eq!(socket.said().await.1, "Still running");
    go_on.notify_one();
    assert_eq!(socket.receive_to_end().await.0, ["YIELD", "DONE"]);
}

#[tokio::test]
async fn what_is_kept_for_a_server_that_is_away_is_bounded_and_nothing_is_lost() {
    let mut peer = Peer::start().await;
    let (made, contexts) = Made::new();
    let day = Duration::from_secs(24 * 60 * 60);
    let settings = |builder: rekuest_agent::AgentBuilder| builder.contexts(contexts).retention(100_000, day);
    let agent = peer.agent_with([counts()], settings);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "counts", json!({"n": 100, "size": 10_000, "waits": true})).await;
    socket.receive().await;
    socket.cut();
    // The next connection is open, and no more than that.
    let mut socket = peer.socket().await;
    assert_eq!(socket.receive().await["type"], "REGISTER");
    made.begin();
    until("the bound", || agent.handle.status().bytes_kept >= 100_000).await;
    assert!(made.count() < 15, "{} of 10 kB within 100 kB", made.count());
    peer.accept(&mut socket, &["unpaced"], &["7"]).await;
    let frames = frames_to_end(&mut socket).await;
    assert_eq!(numbers(&frames), (0..100).collect::<Vec<_>>());
    assert_eq!(frames.last().expect("an end")["type"], "DONE");
}

#[tokio::test]
async fn what_is_kept_for_too_long_is_given_up_and_its_caller_is_told() {
    let mut peer = Peer::start().await;
    let (made, contexts) = Made::new();
    let go_on = Arc::new(Notify::new());
    let settings = |builder: rekuest_agent::AgentBuilder| {
        builder.contexts(contexts).retention(1 << 20, Duration::from_millis(20))
    };
    let agent = peer.agent_with([waits(&go_on), counts()], settings);
    let mut socket = peer.connection(&[]).await;
    socket.assign("ended", "waits", json!({})).await;
    socket.assign("yields", "counts", json!({"n": 1000, "size": 10_000, "waits": true})).await;
    socket.receive().await;
    socket.receive().await;
    socket.cut();
    let mut socket = peer.socket().await;
    assert_eq!(socket.receive().await["type"], "REGISTER");
    go_on.notify_one();
    made.begin();
    // All but the words that their callers are told instead: the generator does not wait for room any more.
    until("the end of both", || agent.handle.status().running == 0).await;
    until("what is given up", || agent.handle.status().events_kept == 2).await;
    peer.accept(&mut socket, &["unpaced"], &["ended", "yields"]).await;
    for _ in 0..2 {
        let (kinds, end) = socket.receive_to_end().await;
        assert_eq!(kinds, ["CRITICAL"]);
        assert!(end["error"].as_str().expect("an error").contains("the server was away for longer"), "{end}");
    }
    socket.assert_silent().await;
}
