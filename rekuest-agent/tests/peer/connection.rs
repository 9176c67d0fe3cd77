//! How an agent keeps its connection, and what it says after it has lost one.

use std::sync::Arc;

use rekuest_agent::AgentError;
use rekuest_core::Function;
use serde_json::json;
use tokio::sync::Notify;

use crate::scripted::{Peer, soon, waits};

#[tokio::test]
async fn every_kind_of_loss_is_followed_by_a_reconnect() {
    let mut peer = Peer::start().await;
    let agent = peer.agent([]);
    for code in [1000, 1001, 1011, 1012, 3001, 3003] {
        let mut socket = peer.connection(&[]).await;
        // The answer shows that INIT was worked: only after it does 3003 not mean a wrong token.
        socket.assert_silent().await;
        assert!(agent.handle.is_ready());
        socket.close(code).await;
    }
    peer.connection(&[]).await.cut();
    let _socket = peer.connection(&[]).await;
    soon("readiness", agent.handle.ready()).await;
    assert_eq!(peer.registrations(), 1, "an agent that the server knows registers once");
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
    let _agent = peer.agent([Function::blocking("one", [], || 1_i64)]);
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
    let _agent = peer.agent([Function::blocking("one", [], || 1_i64)]);
    let mut socket = peer.connection(&["late", "lost"]).await;
    // Undelivered instructions follow INIT: this one is no loss.
    socket.assign("late", "one", json!({})).await;
    let (_, end) = socket.receive_to_end().await;
    assert_eq!((&end["assignation"], &end["type"]), (&json!("late"), &json!("DONE")));
    let (_, end) = socket.receive_to_end().await;
    assert_eq!((&end["assignation"], &end["type"]), (&json!("lost"), &json!("CRITICAL")));
}

#[tokio::test]
async fn a_server_that_has_lost_its_data_is_registered_with_anew() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([]);
    peer.connection(&[]).await.cut();
    peer.forget("2");
    // The agent sees an id that it was not given, and registers again before it comes back.
    let mut socket = peer.connection(&[]).await;
    assert_eq!(socket.closed().await, 1000);
    let mut socket = peer.connection(&[]).await;
    socket.assert_silent().await;
    assert_eq!(peer.registrations(), 2);
}

#[tokio::test]
async fn bounce_closes_and_comes_back() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([]);
    let mut socket = peer.connection(&[]).await;
    socket.send(json!({"type": "BOUNCE", "duration": null})).await;
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    peer.connection(&[]).await.assert_silent().await;
}

#[tokio::test]
async fn kick_is_the_end() {
    let mut peer = Peer::start().await;
    let agent = peer.agent([]);
    let mut socket = peer.connection(&[]).await;
    socket.send(json!({"type": "KICK", "reason": "maintenance"})).await;
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    let error = agent.ended().await.expect_err("a kick is an error");
    assert_eq!(error.to_string(), "the server sent the agent away: maintenance");
}

#[tokio::test]
async fn blocked_and_displaced_agents_stop_and_say_so() {
    for (code, blocked) in [(4003, true), (4004, false), (4005, false)] {
        let mut peer = Peer::start().await;
        let agent = peer.agent([]);
        peer.connection(&[]).await.close(code).await;
        let error = agent.ended().await.expect_err("an end");
        match error {
            AgentError::Blocked => assert!(blocked, "{code}"),
            AgentError::Displaced { .. } => {
                assert!(!blocked, "{code}");
                assert!(error.to_string().contains("--instance-id"));
            }
            other => panic!("{code}: {other}"),
        }
    }
}

#[tokio::test]
async fn a_token_that_is_refused_again_and_again_is_the_end() {
    let mut peer = Peer::start().await;
    let agent = peer.agent([]);
    for _ in 0..5 {
        let mut socket = peer.socket().await;
        assert_eq!(socket.receive().await["type"], "REGISTER");
        socket.close(3003).await;
    }
    let error = agent.ended().await.expect_err("an end");
    assert!(matches!(error, AgentError::TokenRefused { .. }), "{error}");
    assert!(!error.to_string().contains("token\""));
}

#[tokio::test]
async fn an_agent_that_is_refused_with_a_reason_registers_anew_and_its_token_is_not_blamed() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([]);
    for _ in 0..5 {
        let mut socket = peer.socket().await;
        assert_eq!(socket.receive().await["type"], "REGISTER");
        socket.send(json!({"error": "this agent is not known"})).await;
        socket.close(3003).await;
    }
    peer.connection(&[]).await.assert_silent().await;
    assert_eq!(peer.registrations(), 6);
}

#[tokio::test]
async fn a_registration_that_is_refused_at_first_is_the_end_and_later_is_tried_again() {
    let mut peer = Peer::start().await;
    let agent = peer.agent([]);
    let socket = peer.connection(&[]).await;
    peer.refuse_registrations(2);
    peer.forget("2");
    socket.cut();
    // INIT names an agent that was not registered, and registering is refused twice.
    let mut socket = peer.connection(&[]).await;
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    peer.connection(&[]).await.assert_silent().await;
    drop(agent);

    peer.refuse_registrations(1);
    let error = peer.agent([]).ended().await.expect_err("an end");
    assert!(matches!(error, AgentError::RegistrationRefused { .. }), "{error}");
    assert!(error.to_string().contains("not today"), "{error}");
}
