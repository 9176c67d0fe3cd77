//! The Python client 0.22.0 on the embedded server, both ways. Runs where `REKUEST_TEST_PYTHON` names a Python that
//! has it, as `.ci/run` sets up.

use rekuest::prelude::*;
use rekuest::server::RunningServer;

use crate::in_process::{server, started};
use crate::spawned::{Machine, Spawned};

#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
/// The peer with this argument; none where there is no Python client.
fn peer(
    machine: &Machine,
    server: &RunningServer,
    token: &str,
    args: &[&str],
) -> Option<tokio::process::Command> {
    let Some(python) = std::env::var_os("REKUEST_TEST_PYTHON") else {
        eprintln!("skipped: REKUEST_TEST_PYTHON names no Python with the client");
        return None;
    };
    let mut command = machine.command(python);
    command
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python/peer.py"))
        .args(args)
        .env("PYTHONUNBUFFERED", "1")
        .env("REKUEST_HTTP", server.graphql_url())
        .env("REKUEST_GQL_WS", server.graphql_ws_url())
        .env("REKUEST_WS", server.agi_url())
        .env("REKUEST_TOKEN", token);
    Some(command)
}

#[tokio::test]
async fn a_python_function_is_called_from_here() {
    let machine = Machine::new();
    let server = server(&["python", "caller"]).await;
    let Some(mut provide) = peer(&machine, &server, "python", &["provide"]) else { return };
    let provider = Spawned::start(&mut provide);
    let caller =
        Client::builder().url(&server.url()).expect("a url").token("caller").build().await.expect("a client");
    let double = loop {
        match caller.find("pyapp", "double").await {
            Ok(action) if action.implementation().is_some_and(|found| found.agent.connected) => break action,
            Ok(_) | Err(CallError::NotFound(_)) => {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await
            }
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(double.call::<i64>(args! { x: 21 }).await.expect("twice that"), 42);
    let adouble = caller.find("pyapp", "adouble").await.expect("the action");
    let both = adouble.call::<(f64, String)>(args! { x: 1.5 }).await.expect("twice that");
    assert_eq!(both, (3.0, "twice".to_owned()));
    provider.kill().await;
    server.shutdown().await;
}

#[tokio::test]
async fn a_function_from_here_is_called_from_python() {
    let machine = Machine::new();
    let server = server(&["showcase", "python"]).await;
    let app = App::new("showcase").linked();
    let hash = |interface: &str| {
        let registry = app.registry().expect("functions");
        let definition = registry.get(interface).expect("the function").definition().expect("a definition");
        format!("{interface}={}", definition.hash())
    };
    let hashes = [hash("add_int"), hash("echo_str")];
    let app = started(app, &server).await;
    let Some(mut call) = peer(&machine, &server, "python", &["call", &hashes[0], &hashes[1]]) else { return };
    let mut caller = Spawned::start(&mut call);
    assert_eq!(caller.says("add_int").await, "add_int 9");
    assert_eq!(caller.says("add_int").await, "add_int 7");
    assert_eq!(caller.says("echo_str").await, "echo_str hü😀");
    assert_eq!(caller.ended().await, Some(0));
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}
