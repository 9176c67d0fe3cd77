//! What whoever runs the server does with agents.

use std::time::Duration;

use rekuest_server::AdministrationError;
use serde_json::json;

use crate::http::{AGENT, CALLER, error, start};
use crate::peer::{ASSIGN, Socket, adder, assign, change, connect, kinds, offer, subscribe};

fn register() -> serde_json::Value {
    json!({"id": "r", "type": "REGISTER", "instance_id": "default", "token": AGENT})
}

#[tokio::test]
async fn agents_are_listed_with_what_is_known_of_them() {
    let server = start().await;
    assert_eq!(server.agents(), []);
    let (id, _) = offer(&server, json!([])).await;
    let listed = |connected, blocked| {
        let [agent] = &server.agents()[..] else { panic!("one agent: {:?}", server.agents()) };
        let texts = (&*agent.id, &*agent.name, &*agent.instance_id, &*agent.client);
        assert_eq!(texts, (&*id, "app:1", "default", "agent-app"));
        assert_eq!((agent.connected, agent.blocked), (connected, blocked));
    };
    listed(false, false);
    let (mut agent, _) = connect(&server).await;
    listed(true, false);
    server.block(&id).expect("known");
    listed(false, true);
    assert_eq!(agent.close_code().await, 4003);
    server.shutdown().await;
}

#[tokio::test]
async fn bounce_and_kick_reach_the_agent() {
    let server = start().await;
    let (id, _) = offer(&server, json!([])).await;
    let (mut agent, _) = connect(&server).await;
    server.bounce(&id, None).expect("connected");
    let frame = agent.frame_of("BOUNCE").await;
    assert!(frame["duration"].is_null() && frame["id"].is_string(), "{frame}");
    server.bounce(&id, Some(Duration::from_millis(1_500))).expect("connected");
    assert_eq!(agent.frame_of("BOUNCE").await["duration"], 1.5);
    server.kick(&id, "enough").expect("connected");
    assert_eq!(agent.frame_of("KICK").await["reason"], "enough");
    server.shutdown().await;
}

#[tokio::test]
async fn orders_to_an_agent_that_is_unknown_or_away_are_errors() {
    let server = start().await;
    for unknown in ["1", "no number"] {
        let expected = AdministrationError::Unknown { id: unknown.to_owned() };
        assert_eq!(server.bounce(unknown, None), Err(expected.clone()));
        assert_eq!(server.kick(unknown, ""), Err(expected.clone()));
        assert_eq!(server.block(unknown), Err(expected.clone()));
        assert_eq!(server.unblock(unknown), Err(expected));
    }
    let (id, _) = offer(&server, json!([])).await;
    let away = AdministrationError::NotConnected { id: id.clone() };
    assert_eq!(server.kick(&id, ""), Err(away.clone()));
    assert_eq!(server.bounce(&id, None), Err(away));
    // Nor does it get them later.
    let (mut agent, _) = connect(&server).await;
    server.block(&id).expect("known");
    assert_eq!(agent.next().await, Err(Some(4003)));
    server.shutdown().await;
}

#[tokio::test]
async fn orders_that_an_agent_does_not_read_are_an_error_at_last() {
    let server = start().await;
    let (id, _) = offer(&server, json!([])).await;
    let (mut agent, _) = connect(&server).await;
    // Nothing is written meanwhile: the server has the thread of this test, which does not wait for anything.
    let ordered = (0..).map_while(|_| server.kick(&id, "enough").ok()).count();
    assert_eq!(server.bounce(&id, None), Err(AdministrationError::NotReading { id: id.clone() }));
    for _ in 0..ordered {
        assert_eq!(agent.frame_of("KICK").await["reason"], "enough");
    }
    server.bounce(&id, None).expect("it reads");
    agent.frame_of("BOUNCE").await;
    server.shutdown().await;
}

#[tokio::test]
async fn a_blocked_agent_is_closed_with_4003_until_it_is_unblocked() {
    let server = start().await;
    let (mut agent, implementation) = adder(&server).await;
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    let open = assign(&server, &implementation, json!({"a": 1})).await;
    agent.frame_of("ASSIGN").await;
    let id = server.agents()[0].id.clone();
    for _ in 0..2 {
        server.block(&id).expect("known");
    }
    assert_eq!(agent.close_code().await, 4003);
    while change(&mut caller).await["event"]["kind"] != "DISCONNECTED" {}
    assert_eq!(kinds(&server, &open).await, ["DISCONNECTED"]);
    let input = json!({"i": {"instanceId": "default", "implementation": implementation, "args": {"a": 1}}});
    assert_eq!(error(&server, CALLER, ASSIGN, input).await, "Agent is not connected");
    for _ in 0..2 {
        // Registering anew does not help.
        offer(&server, json!([crate::peer::add("add")])).await;
        let mut refused = Socket::open(&server.agi_url(), None).await;
        refused.send(register()).await;
        assert_eq!(refused.next().await, Err(Some(4003)));
    }

    server.unblock(&id).expect("known");
    let (mut agent, init) = connect(&server).await;
    assert_eq!(init["inquiries"], json!([{"assignation": open}]));
    assign(&server, &implementation, json!({"a": 1})).await;
    agent.frame_of("ASSIGN").await;
    server.shutdown().await;
}
