//! A server that is restarted, and has lost its data, under a connected agent and a waiting client.

use std::sync::Arc;
use std::time::Duration;

use rekuest::prelude::*;
use rekuest::server::Server;
use tokio::sync::Notify;

use crate::in_process::{identity, server, started};

#[tokio::test]
async fn the_client_says_what_happened_and_the_agent_registers_anew() {
    let first = server(&["provider", "caller"]).await;
    let address = first.address();
    let started_running = Arc::new(Notify::new());
    let running = Arc::clone(&started_running);
    let endless = Function::future("endless", [], move || {
        let running = Arc::clone(&running);
        async move {
            running.notify_one();
            std::future::pending::<()>().await;
        }
    });
    let answer = Function::blocking("answer", [], || 42_i64);
    let app =
        started(App::new("provider").function(endless).function(answer).drain(Duration::ZERO), &first).await;
    let caller =
        Client::builder().url(&first.url()).expect("a url").token("caller").build().await.expect("a client");
    let action = caller.find("provider", "endless").await.expect("the action");
    let waiting = tokio::spawn(async move { action.call::<()>(args! {}).await });
    started_running.notified().await;

    first.shutdown().await;
    let second = Server::builder()
        .bind(address)
        .token("provider".into(), identity("provider"))
        .token("caller".into(), identity("caller"))
        .start()
        .await
        .expect("the same address again");

    let error = tokio::time::timeout(Duration::from_secs(60), waiting).await;
    let error =
        error.expect("a waiting call does not hang").expect("no panic").expect_err("the call is lost");
    assert!(matches!(error, CallError::Lost { .. }), "{error:?}");

    app.ready().await.expect("the agent is back");
    let action = loop {
        // The agent counts as ready until it has noticed that the first server is gone.
        match caller.find("provider", "answer").await {
            Ok(action) => break action,
            Err(CallError::NotFound(_)) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(action.call::<i64>(args! {}).await.expect("an answer"), 42);
    app.shutdown().await.expect("a clean end");
    second.shutdown().await;
}
