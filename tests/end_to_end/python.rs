//! The Python client 0.22.0 on the embedded server, both ways. Runs where `REKUEST_TEST_PYTHON` names a Python that
//! has it, as `.ci/run` sets up.

use std::time::Duration;

use futures_util::StreamExt as _;
use rekuest::prelude::*;
use rekuest::server::RunningServer;
use rekuest::{Action, Args, CallEvent};
use serde_json::{Value, json};

use crate::in_process::{client, server, started};
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
    let caller = client(&server, "caller").await;
    let double = found(&caller, "double").await;
    assert_eq!(double.call::<i64>(args! { x: 21 }).await.expect("twice that"), 42);
    let adouble = caller.find("pyapp", "adouble").await.expect("the action");
    let both = adouble.call::<(f64, String)>(args! { x: 1.5 }).await.expect("twice that");
    assert_eq!(both, (3.0, "twice".to_owned()));
    provider.kill().await;
    server.shutdown().await;
}

/// A function of the Python app, once it is connected.
async fn found(caller: &Client, interface: &str) -> Action {
    loop {
        match caller.find("pyapp", interface).await {
            Ok(action) if action.is_connected() => return action,
            Ok(_) | Err(CallError::NotFound(_)) => tokio::time::sleep(Duration::from_millis(100)).await,
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn python_functions_of_every_kind_are_called_from_here() {
    let machine = Machine::new();
    let server = server(&["python", "caller"]).await;
    let Some(mut provide) = peer(&machine, &server, "python", &["provide"]) else { return };
    let provider = Spawned::start(&mut provide);
    let caller = client(&server, "caller").await;

    let values = [
        ("echo_bool", json!(true)),
        ("echo_int", json!(7)),
        ("echo_float", json!(1.5)),
        ("echo_float", json!(5.0)),
        ("echo_str", json!("hü😀")),
        ("echo_date", json!("2025-11-23T12:00:00+00:00")),
        ("echo_list", json!([1, 2])),
        ("echo_dict", json!({"a": 1.5})),
        ("echo_enum", json!("GREEN")),
        ("echo_model", json!({"x": 1, "y": 2.5})),
        ("echo_union", json!({"use": 0, "value": 3})),
        ("echo_union", json!({"use": 1, "value": "text"})),
        ("echo_nested", json!({"a": [{"x": 1, "y": 2.5}], "b": []})),
    ];
    for (interface, value) in values {
        let args = serde_json::value::to_raw_value(&json!({ "v": value })).expect("JSON");
        let returns = found(&caller, interface).await.call_json(Args::from_json(args)).await;
        let returns: Value = serde_json::from_str(returns.expect(interface).get()).expect("JSON");
        assert_eq!(returns, json!({ "return0": value }), "{interface}");
    }
    let optional = found(&caller, "optional").await;
    for (args, came) in [(args! { v: 7 }, "7"), (args! { v: None::<i64> }, "None"), (args! {}, "None")] {
        assert_eq!(optional.call::<String>(args).await.expect("a text"), came);
    }
    // STRUCTURE: what is known by its id, here an action of this server. MEMORY_STRUCTURE: what stays there.
    let count = found(&caller, "count").await;
    let same = found(&caller, "same").await.call::<String>(args! { action: count.id().to_owned() }).await;
    assert_eq!(same.expect("its id"), count.id());
    let name = found(&caller, "name_of").await.call::<String>(args! { action: count.id().to_owned() }).await;
    assert_eq!(name.expect("its name"), "Count");
    let blob = found(&caller, "keep").await.call::<String>(args! { text: "kept" }).await.expect("a drawer");
    assert_eq!(
        found(&caller, "kept").await.call::<String>(args! { blob: blob }).await.expect("a text"),
        "kept"
    );

    provider.kill().await;
    server.shutdown().await;
}

#[tokio::test]
async fn python_generators_errors_and_cancellation_are_seen_here() {
    let machine = Machine::new();
    let server = server(&["python", "caller"]).await;
    let Some(mut provide) = peer(&machine, &server, "python", &["provide"]) else { return };
    let provider = Spawned::start(&mut provide);
    let caller = client(&server, "caller").await;

    for interface in ["count", "acount"] {
        let items = found(&caller, interface).await.stream::<i64>(args! { n: 3 }).await.expect("a stream");
        let items: Vec<_> = items.map(|item| item.expect("an item")).collect().await;
        assert_eq!(items, [0, 1, 2], "{interface}");
    }
    match found(&caller, "fails").await.call::<String>(args! { why: "for a test" }).await {
        Err(CallError::Critical { message }) => assert!(message.contains("for a test"), "{message}"),
        other => panic!("{other:?}"),
    }
    // Arguments that cannot be read where they arrive are the caller's mistake: ERROR, and not CRITICAL.
    match found(&caller, "kept").await.call::<String>(args! { blob: "nowhere" }).await {
        Err(CallError::Error { message }) => assert!(!message.is_empty()),
        other => panic!("{other:?}"),
    }
    let sleeps = found(&caller, "sleeps").await;
    let mut running = sleeps.call::<String>(args! { seconds: 60.0 }).start().await.expect("it runs");
    // Its agent has it, and says so.
    while !matches!(running.next().await.expect("it runs"), Some(CallEvent::Progress { .. })) {}
    running.cancel().await.expect("it is asked for");
    assert!(matches!(running.result().await, Err(CallError::Cancelled)));

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
