//! A server that works frames at a set pace.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::http::{builder, start};
use crate::peer::{adder, assign, change, connect, subscribe};

#[tokio::test]
async fn frames_are_worked_in_order_at_the_pace_that_is_set() {
    let server = builder().events_per_second(50).start().await.expect("starts");
    let (mut agent, implementation) = adder(&server).await;
    let mut caller = subscribe(&server, "graphql-transport-ws").await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    assert_eq!(change(&mut caller).await["create"]["id"], id);
    let start = Instant::now();
    for step in 0..10 {
        let message = step.to_string();
        agent
            .send(json!({"id": "l", "type": "LOG", "assignation": id, "message": message, "level": "INFO"}))
            .await;
    }
    agent.send(json!({"id": "d", "type": "DONE", "assignation": id})).await;
    for step in 0..10 {
        assert_eq!(change(&mut caller).await["event"]["message"], step.to_string());
    }
    assert_eq!(change(&mut caller).await["event"]["kind"], "DONE");
    // The first comes at once, ten more at 20 ms each; a timer may be a little early.
    assert!(start.elapsed() >= Duration::from_millis(190), "{:?}", start.elapsed());
    server.shutdown().await;
}

#[tokio::test]
async fn a_heartbeat_answer_behind_more_than_is_worked_in_time_comes_too_late() {
    let server = builder()
        .events_per_second(20)
        .heartbeat(Duration::from_millis(20), Duration::from_millis(200))
        .start()
        .await
        .expect("starts");
    let (mut agent, implementation) = adder(&server).await;
    let id = assign(&server, &implementation, json!({"a": 1})).await;
    agent.frame_of("HEARTBEAT").await;
    agent.send(json!({"id": "h", "type": "HEARTBEAT_ANSWER"})).await;
    agent.frame_of("HEARTBEAT").await;
    for _ in 0..40 {
        agent.send(json!({"id": "p", "type": "PROGRESS", "assignation": id, "progress": 1})).await;
    }
    agent.send(json!({"id": "h", "type": "HEARTBEAT_ANSWER"})).await;
    assert_eq!(agent.close_code().await, 3001);
    server.shutdown().await;
}

#[tokio::test]
async fn init_announces_what_the_server_takes() {
    let server = start().await;
    let _agent = adder(&server).await;
    let (_, init) = connect(&server).await;
    assert_eq!(init["capabilities"], json!(["pause", "interrupt", "unpaced"]));
    server.shutdown().await;
    let paced = builder().events_per_second(30).start().await.expect("starts");
    let _agent = adder(&paced).await;
    let (_, init) = connect(&paced).await;
    assert_eq!(init["capabilities"], json!(["pause", "interrupt"]));
    paced.shutdown().await;
}
