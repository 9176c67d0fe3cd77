//! Functions that the server does not take.

use rekuest_agent::AgentError;
use rekuest_core::Function;
use serde_json::json;

use crate::scripted::{Peer, until};

fn functions() -> [Function; 3] {
    ["good", "bad", "worse"].map(|interface| Function::blocking(interface, [], || 1_i64))
}

#[tokio::test]
async fn a_refused_registration_names_the_functions_and_the_reasons() {
    let peer = Peer::start().await;
    peer.refuse_functions(&["bad", "worse"]);
    let error = peer.agent(functions()).ended().await.expect_err("an end");
    let AgentError::FunctionsRefused { functions } = &error else { panic!("{error}") };
    let names: Vec<&str> = functions.iter().map(|(interface, _)| interface.as_str()).collect();
    assert_eq!(names, ["bad", "worse"]);
    let text = error.to_string();
    for part in ["`bad`", "bad port in bad", "`worse`", "bad port in worse"] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(peer.connections(), 0);
}

#[tokio::test]
async fn refused_functions_are_left_out_where_that_was_said() {
    let mut peer = Peer::start().await;
    peer.refuse_functions(&["bad"]);
    let agent = peer.agent_with(functions(), |builder| builder.leave_out_refused(true));
    let mut socket = peer.connection(&[]).await;
    assert_eq!(peer.functions(), ["good", "worse"]);
    socket.assign("7", "good", json!({})).await;
    assert_eq!(socket.receive_to_end().await.1["type"], "DONE");
    let left_out = agent.handle.status().left_out;
    assert_eq!(left_out.len(), 1);
    assert_eq!(left_out[0].0, "bad");
    assert!(left_out[0].1.contains("bad port in bad"), "{left_out:?}");
    assert_eq!(agent.handle.status().functions, 3);
}

#[tokio::test]
async fn functions_that_were_taken_once_are_offered_until_they_are_taken_again() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent(functions());
    let socket = peer.connection(&[]).await;
    peer.refuse_functions(&["bad"]);
    peer.forget("2");
    socket.cut();
    let mut socket = peer.connection(&[]).await;
    assert_eq!(socket.closed().await, 1000);
    drop(socket);
    // It registers anew, and is refused, until the server is itself again.
    until("a few refusals", || peer.refusals() > 2).await;
    peer.refuse_functions(&[]);
    peer.connection(&[]).await.assert_silent().await;
    assert_eq!(peer.functions(), ["bad", "good", "worse"]);
}
