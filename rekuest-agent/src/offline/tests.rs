//! An agent without a connection behaves as one with a connection does.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use futures_util::StreamExt as _;
use rekuest_core::{Function, Memorable, Memory, Registry, task};
use serde_json::value::RawValue;

use super::{AssignOptions, Offline, OfflineBuilder, OfflineCall, OfflineEvent};

fn agent(functions: impl IntoIterator<Item = Function>) -> OfflineBuilder {
    let mut registry = Registry::new();
    for function in functions {
        registry.add(function).expect("a function");
    }
    Offline::builder(registry)
}

fn assign(agent: &Offline, interface: &str, args: &str) -> OfflineCall {
    let args = RawValue::from_string(args.to_owned()).expect("JSON");
    agent.assign(interface, args, AssignOptions::default())
}

/// What happens to a call, in a few words each.
async fn told(call: OfflineCall) -> Vec<String> {
    call.map(|event| match event {
        OfflineEvent::Progress { percent, message } => format!("{percent:?} {message:?}"),
        OfflineEvent::Log { level, message } => format!("{level}: {message}"),
        OfflineEvent::Yield(returns) => returns.get().to_owned(),
        event => format!("{event:?}"),
    })
    .collect()
    .await
}

/// Waits for ever, and can be cancelled.
fn waits() -> Function {
    Function::future("waits", [], std::future::pending::<()>)
}

#[tokio::test]
async fn a_call_is_told_everything_in_order() {
    let says = Function::blocking("says", ["x"], |x: i64| {
        let task = task::current().expect("a task");
        task.progress(50, "half");
        task.log(rekuest_core::message::LogLevel::Warn, "careful");
        2 * x
    });
    let agent = agent([says]).start().await.expect("an agent");
    assert_eq!(
        told(assign(&agent, "says", r#"{"x": 4}"#)).await,
        ["Started", "Some(50) Some(\"half\")", "WARN: careful", r#"{"return0":8}"#, "Done"]
    );
}

#[tokio::test]
async fn what_fails_says_so() {
    let half = Function::blocking("half", ["x"], |x: i64| {
        assert!(x % 2 == 0, "{x} is odd");
        if x < 0 { Err("negative".to_owned()) } else { Ok(x / 2) }
    });
    let agent = agent([half]).max_message(64).start().await.expect("an agent");
    let end = |args: &str| {
        let call = assign(&agent, "half", args);
        async { told(call).await.pop().expect("an end") }
    };
    assert_eq!(end(r#"{"x": "one"}"#).await, r#"Error("x: expected INT, got \"one\"")"#);
    assert_eq!(end(r#"{"x": -2}"#).await, r#"Critical("negative")"#);
    assert_eq!(end(r#"{"x": 1}"#).await, r#"Critical("the function panicked: 1 is odd")"#);
    let long = end(&format!(r#"{{"x": "{}"}}"#, "a".repeat(64))).await;
    assert!(long.contains("exceed the limit of 64 bytes"), "{long}");
    let unknown = told(assign(&agent, "third", "{}")).await;
    assert_eq!(unknown, [r#"Critical("this app has no function `third`")"#]);
}

#[tokio::test]
async fn what_is_cancelled_ends_and_what_is_dropped_too() {
    let agent = agent([waits()]).start().await.expect("an agent");
    let mut call = assign(&agent, "waits", "{}");
    assert!(matches!(call.next_event().await, Some(OfflineEvent::Started)));
    call.cancel();
    assert!(!call.is_finished());
    assert!(matches!(call.next_event().await, Some(OfflineEvent::Cancelled)));
    assert!(call.is_finished());
    assert!(call.next_event().await.is_none());

    let call = assign(&agent, "waits", "{}");
    call.interrupt();
    assert_eq!(told(call).await, ["Started", "Interrupted"]);

    drop(assign(&agent, "waits", "{}"));
    agent.idle().await;
}

#[tokio::test]
async fn a_blocking_function_is_reported_at_once_and_waited_for_by_idle() {
    let ended = Arc::new(AtomicBool::new(false));
    let end = Arc::clone(&ended);
    let works = Function::blocking("works", [], move || {
        let task = task::current().expect("a task");
        while task.progress(0, "working") {
            thread::sleep(Duration::from_millis(1));
        }
        end.store(true, Ordering::SeqCst);
    });
    let agent = agent([works]).start().await.expect("an agent");
    let mut call = assign(&agent, "works", "{}");
    while !matches!(call.next_event().await, Some(OfflineEvent::Progress { .. })) {}
    call.cancel();
    assert_eq!(told(call).await.last().map(String::as_str), Some("Cancelled"));
    agent.idle().await;
    assert!(ended.load(Ordering::SeqCst));
}

#[tokio::test]
async fn the_agent_lives_as_long_as_its_calls() {
    let call = {
        let agent = agent([Function::future("later", [], || async {
            tokio::task::yield_now().await;
            1
        })]);
        assign(&agent.start().await.expect("an agent"), "later", "{}")
    };
    assert_eq!(told(call).await, ["Started", r#"{"return0":1}"#, "Done"]);
}

#[tokio::test]
async fn breakpoints_halt_step_and_go_on() {
    let walks = Function::future("walks", [], || async {
        let task = task::current().expect("a task");
        for step in 0..3 {
            task.breakpoint().await;
            task.progress(step, "passed");
        }
    });
    let agent = agent([walks]).start().await.expect("an agent");
    let mut call = assign(&agent, "walks", "{}");
    call.pause();
    let mut next = async || format!("{:?}", call.next_event().await.expect("an event"));
    assert_eq!(next().await, "Started");
    assert_eq!(next().await, "Paused");
    call.step();
    let mut next = async || format!("{:?}", call.next_event().await.expect("an event"));
    assert_eq!(next().await, r#"Progress { percent: Some(0), message: Some("passed") }"#);
    assert_eq!(next().await, "Paused");
    call.resume();
    assert_eq!(
        told(call).await,
        ["Resumed", "Some(1) Some(\"passed\")", "Some(2) Some(\"passed\")", "{}", "Done"]
    );
}

#[tokio::test]
async fn limits_and_groups_hold() {
    let order = Arc::new(Mutex::new(Vec::new()));
    let noted = |name: &'static str| {
        let order = Arc::clone(&order);
        Function::blocking(name, ["x"], move |x: i64| {
            order.lock().expect("a list").push(format!("{name}{x}"));
            thread::sleep(Duration::from_millis(2));
        })
        .group("stage")
    };
    let agent =
        agent([noted("a"), noted("b")]).concurrency(NonZeroUsize::MIN).start().await.expect("an agent");
    let calls: Vec<_> = (0..6)
        .map(|x| assign(&agent, if x % 2 == 0 { "a" } else { "b" }, &format!(r#"{{"x":{x}}}"#)))
        .collect();
    for (position, call) in calls.into_iter().enumerate() {
        let told = told(call).await;
        let waited = told.first().map(String::as_str) == Some("Queued");
        assert_eq!(waited, position > 0, "{told:?}");
    }
    assert_eq!(*order.lock().expect("a list"), ["a0", "b1", "a2", "b3", "a4", "b5"]);
}

struct Picture(i64);

impl Memorable for Picture {
    const IDENTIFIER: &'static str = "@test/picture";
}

#[tokio::test]
async fn the_shelf_is_in_memory() {
    let take = Function::blocking("take", ["x"], |x: i64| Memory::new(Picture(x)));
    let look = Function::blocking("look", ["picture"], |picture: Memory<Picture>| {
        picture.get().map(|picture| picture.0)
    });
    let agent = agent([take, look]).start().await.expect("an agent");
    assert_eq!(told(assign(&agent, "take", r#"{"x": 7}"#)).await, ["Started", r#"{"return0":"1"}"#, "Done"]);
    let look = || told(assign(&agent, "look", r#"{"picture": "1"}"#));
    assert_eq!(look().await, ["Started", r#"{"return0":7}"#, "Done"]);
    agent.collect(["1", "2"]);
    let gone = look().await.pop().expect("an end");
    assert!(gone.starts_with("Error(\"picture: there is no drawer 1"), "{gone}");
}

#[tokio::test]
async fn a_function_learns_who_calls() {
    let who = Function::blocking("who", [], || {
        let task = task::current().expect("a task");
        format!("{:?} {:?} {}", task.user(), task.reference(), task.captures())
    });
    let agent = agent([who]).start().await.expect("an agent");
    let options = AssignOptions {
        user: Some("me".to_owned()),
        reference: Some("mine".to_owned()),
        capture: true,
        ..AssignOptions::default()
    };
    let call = agent.assign("who", RawValue::from_string("{}".to_owned()).expect("JSON"), options);
    assert_eq!(told(call).await[1], r#"{"return0":"Some(\"me\") Some(\"mine\") true"}"#);
}

/// More than is kept of what nobody has confirmed.
#[tokio::test]
async fn much_that_is_yielded_arrives() {
    let large = Function::future("large", ["x"], |x: String| async move { x });
    let agent = agent([large]).start().await.expect("an agent");
    let text = "a".repeat(1 << 20);
    for _ in 0..20 {
        let told = told(assign(&agent, "large", &format!(r#"{{"x":"{text}"}}"#))).await;
        assert_eq!(told.len(), 3);
    }
}
