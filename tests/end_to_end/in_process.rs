//! Agent, client and server in one process.

use std::collections::HashMap;
use std::time::Duration;

use rekuest::prelude::*;
use rekuest::server::{Builder, Identity, RunningServer, Server};
use rekuest::{HttpOptions, RunningApp};
use tokio::sync::Semaphore;

/// A server that takes the token `name` for the client of the same name.
pub(crate) async fn server(names: &[&str]) -> RunningServer {
    taking(names).start().await.expect("a server")
}

/// What such a server is started from.
pub(crate) fn taking(names: &[&str]) -> Builder {
    let tokens = names.iter().copied();
    tokens.fold(Server::builder(), |server, name| server.token(name.into(), identity(name)))
}

pub(crate) fn identity(client: &str) -> Identity {
    Identity { client: client.to_owned(), user: "user".to_owned(), organization: "organization".to_owned() }
}

pub(crate) async fn started(app: App, server: &RunningServer) -> RunningApp {
    let token = app.identifier().to_owned();
    let app = app.url(server.url()).token(token).start().await.expect("a running app");
    app.ready().await.expect("a ready app");
    app
}

/// Waits until this holds of something that tells nobody when it changes.
pub(crate) async fn until(what: &str, holds: impl Fn() -> bool) {
    let looking = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), looking)
        .await
        .unwrap_or_else(|_| panic!("{what}: it does not"));
}

pub(crate) async fn client(server: &RunningServer, token: &str) -> Client {
    Client::builder().url(&server.url()).expect("a url").token(token).build().await.expect("a client")
}

/// Adds two numbers, as only this test does.
#[register]
fn add_here(a: i64, #[port(default = 3)] b: i64) -> i64 {
    a + b
}

/// Divides, or says why not.
#[register]
async fn divide_here(a: f64, b: f64) -> Result<(f64, String), String> {
    if b == 0.0 { Err("division by zero".to_owned()) } else { Ok((a / b, "divided".to_owned())) }
}

#[tokio::test]
async fn nothing_has_to_leave_the_process() {
    let server = server(&["provider", "caller"]).await;
    let inside = || HttpOptions::default().over(server.connector());
    let nowhere = "http://nowhere.invalid";
    let app = App::new("provider").function(&add_here::IMPLEMENTATION).http(inside());
    let app = app.url(nowhere).token("provider").start().await.expect("a running app");
    app.ready().await.expect("a ready app");
    let caller = Client::builder().url(nowhere).expect("a url").token("caller").http(inside());
    let caller = caller.build().await.expect("a client");
    assert_eq!(add_here::call(&caller, 1, 2).await.expect("a sum"), 3);
    let found = caller.find("provider", "add_here").await.expect("an action");
    assert_eq!(found.call::<i64>(args! { a: 2 }).await.expect("a sum"), 5);

    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
    let error = caller.find("provider", "add_here").await.expect_err("no server").to_string();
    assert!(error.contains("the server has stopped"), "{error}");
}

#[tokio::test]
async fn a_typed_call_returns_what_the_function_returns() {
    let server = server(&["provider", "caller"]).await;
    let app = started(
        App::new("provider").function(&add_here::IMPLEMENTATION).function(&divide_here::IMPLEMENTATION),
        &server,
    )
    .await;
    let caller = client(&server, "caller").await;

    assert_eq!(add_here::call(&caller, 1, 2).await.expect("a sum"), 3);
    assert_eq!(add_here::call(&caller, 1, None).await.expect("a sum"), 4);
    assert_eq!(add_here(1, 2), 3);
    let (quotient, note) = divide_here::call(&caller, 1.0, 4.0).await.expect("a quotient");
    assert_eq!((quotient, note.as_str()), (0.25, "divided"));
    match divide_here::call(&caller, 1.0, 0.0).await {
        Err(CallError::Critical { message }) => assert_eq!(message, "division by zero"),
        other => panic!("expected CRITICAL, got {other:?}"),
    }
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn every_function_of_the_showcase_does_what_it_says() {
    let server = server(&["showcase", "caller"]).await;
    let app = started(App::new("showcase").linked(), &server).await;
    let caller = client(&server, "caller").await;
    let call = async |interface: &str, args: rekuest::Args| -> Result<String, CallError> {
        let action = caller.find("showcase", interface).await?;
        Ok(action.call_json(args).await?.get().to_owned())
    };

    assert_eq!(call("add_int", args! { a: 4, b: 5 }).await.expect("a sum"), r#"{"return0":9}"#);
    assert_eq!(call("add_int", args! { a: 4 }).await.expect("a sum"), r#"{"return0":7}"#);
    assert_eq!(call("add", args! { x: 1, y: 2 }).await.expect("a sum"), r#"{"return0":3}"#);
    assert_eq!(call("echo_str", args! { s: "hü😀\n" }).await.expect("it"), "{\"return0\":\"hü😀\\n\"}");
    assert_eq!(call("echo_bool", args! { v: true }).await.expect("it"), r#"{"return0":true}"#);
    assert_eq!(call("echo_float", args! { v: 5.0 }).await.expect("it"), r#"{"return0":5.0}"#);
    assert_eq!(call("echo_float", args! { v: 5 }).await.expect("it"), r#"{"return0":5.0}"#);
    assert_eq!(call("echo_list", args! { v: [1, 2] }).await.expect("it"), r#"{"return0":[1,2]}"#);
    let dict = HashMap::from([("a", 1)]);
    assert_eq!(call("echo_dict", args! { v: dict }).await.expect("it"), r#"{"return0":{"a":1}}"#);
    assert_eq!(call("echo_nullable", args! { v: 5 }).await.expect("it"), r#"{"return0":5}"#);
    assert_eq!(call("echo_nullable", args! {}).await.expect("it"), r#"{"return0":null}"#);
    assert_eq!(call("multi", args! { a: 3 }).await.expect("both"), r#"{"return0":3,"return1":"3"}"#);
    assert_eq!(call("nothing", args! { a: 3 }).await.expect("nothing"), "{}");
    assert_eq!(call("sleeper", args! { seconds: 0.01 }).await.expect("it"), r#"{"return0":"slept"}"#);
    assert_eq!(call("tsleeper", args! { seconds: 0.01 }).await.expect("it"), r#"{"return0":"slept"}"#);
    let failed = call("fail", args! { msg: "boom" }).await;
    assert!(matches!(&failed, Err(CallError::Critical { message }) if message == "boom"), "{failed:?}");
    let panicked = call("panics", args! { msg: "boom" }).await;
    assert!(
        matches!(&panicked, Err(CallError::Critical { message }) if message.contains("boom")),
        "{panicked:?}"
    );
    assert_eq!(call("prog_log", args! { n: 3 }).await.expect("it"), r#"{"return0":3}"#);
    assert_eq!(call("printing", args! { a: 3 }).await.expect("it"), r#"{"return0":3}"#);
    assert_eq!(call("breaks", args! { n: 1 }).await.expect("it"), r#"{"return0":1}"#);
    assert_eq!(call("spin", args! { seconds: 0.01 }).await.expect("it"), r#"{"return0":"done"}"#);
    assert_eq!(call("big", args! { mib: 0 }).await.expect("it"), r#"{"return0":""}"#);
    assert_eq!(call("grouped", args! { seconds: 0.01 }).await.expect("it"), r#"{"return0":"done"}"#);
    // A function of a library crate that this program names.
    assert_eq!(call("move_stage", args! { to: 2.5 }).await.expect("it"), r#"{"return0":2.5}"#);
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn wrong_arguments_do_not_travel() {
    let server = server(&["provider"]).await;
    let app = started(App::new("provider").function(&add_here::IMPLEMENTATION), &server).await;
    let client = app.client().await.expect("a client");
    let action = client.find("provider", "add_here").await.expect("the action");
    let wrong = action.call::<i64>(args! { a: "x", c: 1 }).await.expect_err("a mistake").to_string();
    assert!(wrong.contains("a: expected INT, got \"x\""), "{wrong}");
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn what_is_not_there_is_named_with_what_is() {
    let server = server(&["provider", "caller"]).await;
    let app = started(App::new("provider").function(&add_here::IMPLEMENTATION), &server).await;
    let caller = client(&server, "caller").await;
    let error = caller.find("provider", "subtract").await.expect_err("not there").to_string();
    assert!(error.contains("subtract") && error.contains("add_here"), "{error}");
    let error = caller.find("nobody", "add_here").await.expect_err("not there").to_string();
    assert!(error.contains("nobody") && error.contains("provider"), "{error}");
    app.shutdown().await.expect("a clean end");
    let error = add_here::call(&caller, 1, 2).await.expect_err("nobody is connected");
    assert!(matches!(error, CallError::Refused(_)), "{error:?}");
    server.shutdown().await;
}

#[tokio::test]
async fn a_call_that_takes_too_long_is_given_up_and_cancelled() {
    let server = server(&["provider", "caller"]).await;
    let (dropped, cancelled) = std::sync::mpsc::channel::<()>();
    let dropped = std::sync::Mutex::new(dropped);
    let endless = Function::future("endless", [], move || {
        // Dropped, and so disconnected, with the future.
        let alive = dropped.lock().expect("unpoisoned").clone();
        async move {
            let _alive = alive;
            std::future::pending::<()>().await;
        }
    });
    let app = started(App::new("provider").function(endless), &server).await;
    let caller = client(&server, "caller").await;
    let action = caller.find("provider", "endless").await.expect("the action");
    let error = action.call::<()>(args! {}).timeout(Duration::from_millis(200)).await.expect_err("a timeout");
    assert!(matches!(error, CallError::Timeout(_)), "{error:?}");
    app.shutdown().await.expect("an end without waiting for it: it was cancelled");
    // The app and its function are gone, so this returns instead of blocking only if the future was dropped.
    assert!(cancelled.recv().is_err());
    server.shutdown().await;
}

#[tokio::test]
async fn closures_are_functions_too() {
    let server = server(&["calculator"]).await;
    let scale =
        Function::blocking("scale", ["value", "by"], |value: f64, by: f64| value * by).default("by", 2.0);
    let app = started(App::new("calculator").function(scale), &server).await;
    let client = app.client().await.expect("a client");
    let action = client.find("calculator", "scale").await.expect("the action");
    let scaled: f64 = action.call(args! { value: 1.5 }).await.expect("a product");
    assert!((scaled - 3.0).abs() < f64::EPSILON);
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn two_apps_do_not_share_an_agent_and_neither_erases_the_other() {
    let server = server(&["one", "two"]).await;
    let function = |answer: i64| Function::blocking("answer", [], move || answer);
    let one = started(App::new("one").function(function(1)), &server).await;
    let two = started(App::new("two").function(function(2)), &server).await;
    let client = two.client().await.expect("a client");
    for (app, expected) in [("one", 1_i64), ("two", 2)] {
        let action = client.find(app, "answer").await.expect("the action");
        assert_eq!(action.call::<i64>(args! {}).await.expect("an answer"), expected);
    }
    one.shutdown().await.expect("a clean end");
    two.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// What lets calls of `wait_here` end.
static GATE: Semaphore = Semaphore::const_new(0);

/// Waits for the gate, and returns what it was given.
#[register]
async fn wait_here(number: i64) -> i64 {
    GATE.acquire().await.expect("a gate that is never closed").forget();
    number
}

/// On one subscription, and all of them outstanding at the same time.
#[tokio::test]
async fn five_thousand_calls_are_outstanding_and_each_ends_once_with_its_own() {
    const MANY: i64 = 5_000;
    let server = server(&["provider", "caller"]).await;
    let app = started(App::new("provider").function(&wait_here::IMPLEMENTATION), &server).await;
    let caller = client(&server, "caller").await;
    let starting = (0..MANY).map(|number| wait_here::call(&caller, number).start());
    let running = futures_util::future::try_join_all(starting).await.expect("all are started");
    GATE.add_permits(MANY as usize);
    for (number, running) in (0..MANY).zip(running) {
        assert_eq!(running.result().await.expect("its own"), number);
    }
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn many_calls_at_once_all_return_their_own() {
    let server = server(&["provider", "caller"]).await;
    let app = started(App::new("provider").function(&add_here::IMPLEMENTATION), &server).await;
    let caller = client(&server, "caller").await;
    let calls = (0..500_i64).map(|number| {
        let caller = caller.clone();
        tokio::spawn(async move { (number, add_here::call(&caller, number, 1).await) })
    });
    for call in calls.collect::<Vec<_>>() {
        let (number, sum) = call.await.expect("no panic");
        assert_eq!(sum.expect("a sum"), number + 1);
    }
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}
