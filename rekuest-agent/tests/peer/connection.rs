//! How an agent keeps its connection, and what it says after it has lost one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rekuest_agent::{AgentBuilder, AgentError, AgentPhase};
use rekuest_client::{Access, Endpoints};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::functions::endless;
use crate::scripted::{Peer, soon, until, waits};

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
async fn bounce_closes_and_comes_back_when_it_says() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let _agent = peer.agent([waits(&go_on)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "waits", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    for duration in [json!(null), json!(0), json!(-1), json!(0.2)] {
        socket.send(json!({"type": "BOUNCE", "duration": duration})).await;
        assert_eq!(socket.closed().await, 1000);
        drop(socket);
        let closed = Instant::now();
        socket = peer.connection(&["7"]).await;
        assert_eq!(socket.said().await.1, "Still running");
        let away = Duration::from_secs_f64(duration.as_f64().unwrap_or_default().max(0.0));
        assert!(closed.elapsed() + Duration::from_millis(50) >= away, "{duration}: {:?}", closed.elapsed());
    }
    go_on.notify_one();
    assert_eq!(socket.receive_to_end().await.0, ["YIELD", "DONE"]);
}

#[tokio::test]
async fn kick_lets_running_work_finish_and_is_the_end() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let agent = peer.agent([waits(&go_on)]);
    let mut socket = peer.connection(&[]).await;
    socket.assign("7", "waits", json!({})).await;
    assert_eq!(socket.receive().await["type"], "PROGRESS");
    socket.send(json!({"type": "KICK", "reason": "maintenance"})).await;
    socket.assert_silent().await;
    socket.assign("8", "waits", json!({})).await;
    let (kinds, end) = socket.receive_to_end().await;
    assert_eq!((kinds, &end["assignation"]), (vec!["CRITICAL".to_owned()], &json!("8")));
    assert_eq!(agent.handle.status().phase, AgentPhase::Draining);
    go_on.notify_one();
    assert_eq!(socket.receive_to_end().await.0, ["YIELD", "DONE"]);
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    let handle = agent.handle.clone();
    let error = agent.ended().await.expect_err("a kick is an error");
    assert_eq!(error.to_string(), "the server sent the agent away: maintenance");
    assert_eq!(handle.status().phase, AgentPhase::Stopped);
    assert_eq!(peer.connections(), 1);
}

#[tokio::test]
async fn kick_is_the_end_also_when_the_server_closes_at_once_or_is_gone() {
    for closes in [true, false] {
        let mut peer = Peer::start().await;
        let agent = peer.agent([endless()]);
        let mut socket = peer.connection(&[]).await;
        socket.assign("7", "endless", json!({})).await;
        socket.receive().await;
        assert_eq!(socket.said().await.1, "begun");
        socket.send(json!({"type": "KICK", "reason": null})).await;
        if closes {
            socket.close(1000).await;
        } else {
            socket.assert_silent().await;
            socket.cut();
        }
        let error = agent.ended().await.expect_err("a kick is an error");
        assert_eq!(error.to_string(), "the server sent the agent away");
        assert_eq!(peer.connections(), 1);
    }
}

#[tokio::test]
async fn a_server_that_closes_again_and_again_is_not_stormed() {
    let mut peer = Peer::start().await;
    let slow = |builder: AgentBuilder| builder.backoff(Duration::from_millis(50), Duration::from_secs(1));
    let _agent = peer.agent_with([], slow);
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(1) {
        let Ok(mut socket) = timeout(Duration::from_millis(100), peer.connection(&[])).await else {
            continue;
        };
        socket.send(json!({"type": "BOUNCE", "duration": 0})).await;
        socket.close(1000).await;
    }
    // 50, 100, 200, 400, 800 ms on average halved; one that does not wait comes back hundreds of times.
    assert!(peer.connections() < 40, "{} connections in a second", peer.connections());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let endpoints = Endpoints::from_base(&format!("http://{address}")).expect("endpoints");
    let access = Arc::new(Access::new(endpoints, "token"));
    let first = Peer::start().await;
    let agent = first.agent_of(access, [], |builder| builder);
    until("an attempt", || agent.handle.status().phase == AgentPhase::Connecting).await;
    // Its port may be taken by another test meanwhile: then there is nothing to show.
    let Ok(listener) = TcpListener::bind(address).await else { return };
    let mut peer = Peer::start_on(listener);
    peer.connection(&[]).await.assert_silent().await;
}

#[tokio::test]
async fn a_server_that_falls_silent_is_left() {
    let mut peer = Peer::start().await;
    let agent = peer.agent_with([], |builder| builder.silence(Duration::from_millis(100)));
    let _silent = peer.connection(&[]).await;
    let _socket = peer.connection(&[]).await;
    until("the second connection", || agent.handle.status().connections == 2).await;
}

#[tokio::test]
async fn frames_that_the_server_cannot_read_are_the_end_after_a_few_times() {
    let mut peer = Peer::start().await;
    let agent = peer.agent([]);
    for _ in 0..5 {
        peer.connection(&[]).await.close(3002).await;
    }
    let error = agent.ended().await.expect_err("an end");
    assert!(matches!(error, AgentError::Unreadable { attempts: 5 }), "{error}");
}

#[tokio::test]
async fn a_heartbeat_shows_that_our_frames_can_be_read() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent([]);
    for _ in 0..7 {
        let mut socket = peer.connection(&[]).await;
        socket.assert_silent().await;
        socket.close(3002).await;
    }
    peer.connection(&[]).await.assert_silent().await;
}

#[tokio::test]
async fn agents_of_one_program_do_not_know_of_each_other() {
    let mut peer = Peer::start().await;
    let go_on = Arc::new(Notify::new());
    let mut agents = Vec::new();
    let mut sockets = Vec::new();
    for instance in ["one", "two"] {
        agents.push(peer.agent_with([waits(&go_on)], |builder| builder.instance_id(instance)));
        let mut socket = peer.socket().await;
        let register = socket.receive().await;
        assert_eq!(register["instance_id"], instance);
        peer.accept(&mut socket, &[], &[]).await;
        sockets.push(socket);
    }
    for socket in &mut sockets {
        // The same id at both.
        socket.assign("7", "waits", json!({})).await;
        assert_eq!(socket.receive().await["type"], "PROGRESS");
    }
    sockets[0].tell("CANCEL", "7").await;
    assert_eq!(sockets[0].receive_to_end().await.0, ["CANCELLED"]);
    go_on.notify_one();
    assert_eq!(sockets[1].receive_to_end().await.0, ["YIELD", "DONE"]);
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
