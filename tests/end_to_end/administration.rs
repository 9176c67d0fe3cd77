//! What a server can do with an agent: send it away, keep it out, refuse what it provides.

use std::sync::Arc;

use rekuest::prelude::*;
use rekuest::server::RunningServer;
use tokio::sync::Notify;

use crate::in_process::{client, server, started, taking, until};
use crate::spawned::Machine;

/// The id of the agent of this client.
fn agent(server: &RunningServer, client: &str) -> String {
    let agents = server.agents();
    let agent = agents.iter().find(|agent| agent.client == client && agent.connected);
    agent.unwrap_or_else(|| panic!("expected {client} among {agents:?}")).id.clone()
}

#[tokio::test]
async fn a_bounced_agent_comes_back_and_its_calls_go_on() {
    let server = server(&["provider", "caller"]).await;
    let release = Arc::new(Notify::new());
    let released = Arc::clone(&release);
    let waits = Function::future("waits", [], move || {
        let released = Arc::clone(&released);
        async move {
            released.notified().await;
            7_i64
        }
    });
    let app = started(App::new("provider").function(waits), &server).await;
    let handle = app.handle();
    let caller = client(&server, "caller").await;
    let action = caller.find("provider", "waits").await.expect("the action");
    let call = tokio::spawn(async move { action.call::<i64>(args! {}).await });
    until("it runs", || handle.status().running == 1).await;

    server.bounce(&agent(&server, "provider"), None).expect("it is connected");
    until("it is back", || handle.status().connections == 2 && handle.is_ready()).await;
    assert_eq!(handle.status().running, 1);
    release.notify_one();
    assert_eq!(call.await.expect("no panic").expect("it was not lost"), 7);
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn an_agent_that_is_sent_away_or_blocked_ends_and_says_so() {
    let server = server(&["provider"]).await;
    let app = || App::new("provider").function(Function::blocking("answer", [], || 42_i64));
    let kicked = started(app(), &server).await;
    server.kick(&agent(&server, "provider"), "the stage is needed").expect("it is connected");
    let error = kicked.join().await.expect_err("it was sent away").to_string();
    assert_eq!(error, "the server sent the agent away: the stage is needed");

    let blocked = started(app(), &server).await;
    let id = agent(&server, "provider");
    server.block(&id).expect("it is known");
    let error = blocked.join().await.expect_err("it is blocked").to_string();
    assert!(error.starts_with("the agent is blocked on the server"), "{error}");

    server.unblock(&id).expect("it is known");
    started(app(), &server).await.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn a_process_that_is_sent_away_or_blocked_does_not_end_well() {
    let server = server(&["showcase"]).await;
    let machine = Machine::new();
    let url = server.url();
    let args = ["--url", url.as_str(), "--token", "showcase"];
    let mut kicked = machine.example("showcase", &args);
    kicked.says("provides").await;
    server.kick(&agent(&server, "showcase"), "enough").expect("it is connected");
    assert_eq!(kicked.ended().await, Some(4));

    let mut blocked = machine.example("showcase", &args);
    blocked.says("provides").await;
    server.block(&agent(&server, "showcase")).expect("it is known");
    assert_eq!(blocked.ended().await, Some(4));
    server.shutdown().await;
}

#[tokio::test]
async fn a_function_with_a_structure_that_the_server_does_not_know_is_refused_or_left_out() {
    let server = taking(&["showcase", "caller"]).structures(["@lab/stage"]).start().await.expect("a server");
    let app = || App::new("showcase").linked().url(server.url()).token("showcase");
    let refused =
        app().start().await.expect("it starts").join().await.expect_err("it is refused").to_string();
    assert!(refused.contains("echo_structure") && refused.contains("@mikro/image"), "{refused}");

    let app = app().leave_out_refused(true).start().await.expect("it starts");
    app.ready().await.expect("it goes on");
    let left_out = app.handle().status().left_out;
    match &left_out[..] {
        [(function, reason)] => {
            assert_eq!(function, "echo_structure");
            assert!(reason.contains("@mikro/image"), "{reason}");
        }
        _ => panic!("expected one function, got {left_out:?}"),
    }
    let caller = client(&server, "caller").await;
    let add = caller.find("showcase", "add").await.expect("the action");
    assert_eq!(add.call::<i64>(args! { x: 1, y: 2 }).await.expect("a sum"), 3);
    assert!(matches!(caller.find("showcase", "echo_structure").await, Err(CallError::NotFound(_))));
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}
