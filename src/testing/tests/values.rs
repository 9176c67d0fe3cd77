//! What goes in and what comes out.

use std::collections::BTreeMap;

use crate::prelude::*;
use crate::testing::{self, Event, LogLevel, TestApp, TestError};

#[register]
fn add(a: i64, #[port(default = 3)] b: i64) -> i64 {
    a + b
}

#[register]
async fn greet(name: Option<String>) -> Result<String, std::fmt::Error> {
    name.map(|name| format!("hello {name}")).ok_or(std::fmt::Error)
}

#[register]
fn divide(a: f64, b: f64) -> (f64, bool) {
    (a / b, b == 0.0)
}

#[register]
fn nothing() {}

#[register]
fn longest(words: Vec<String>, weights: BTreeMap<String, u32>) -> Option<String> {
    words.into_iter().max_by_key(|word| weights.get(word).copied())
}

#[register]
fn panics(message: String) {
    panic!("{message}")
}

#[register]
fn reports(task: Task) -> u32 {
    task.progress(10, "begun");
    task.log(LogLevel::Info, "working");
    task.progress(90, "nearly");
    task.log(LogLevel::Error, "odd");
    7
}

#[register]
fn count(to: u32) -> impl Iterator<Item = Result<u32, String>> {
    (1..=to).map(|number| if number == 13 { Err("unlucky".to_owned()) } else { Ok(number) })
}

#[register]
async fn pairs(to: u32) -> impl futures_util::Stream<Item = (u32, String)> {
    futures_util::stream::iter((0..to).map(|number| (number, number.to_string())))
}

#[register]
async fn who(task: Task) -> (Option<String>, Option<String>, bool) {
    let same = crate::task::current().is_ok_and(|current| current.id() == task.id());
    (task.user().map(str::to_owned), task.reference().map(str::to_owned), same && task.captures())
}

#[register]
fn long(length: usize) -> String {
    "a".repeat(length)
}

#[tokio::test]
async fn values_go_in_and_come_out() {
    assert_eq!(testing::call::<add>((1, Some(2))).await.expect("a sum").value, 3);
    assert_eq!(testing::call::<add>((1, None)).await.expect("a sum").value, 4);
    assert_eq!(testing::call::<divide>((1.0, 2.0)).await.expect("a ratio").value, (0.5, false));
    assert_eq!(testing::call::<nothing>(()).await.expect("nothing").yields(), ["{}"]);
    let greeting = testing::call::<greet>((Some("you".to_owned()),)).await.expect("a greeting");
    assert_eq!(greeting.value, "hello you");
    let words = vec!["a".to_owned(), "b".to_owned()];
    let weights = BTreeMap::from([("a".to_owned(), 2), ("b".to_owned(), 1)]);
    assert_eq!(testing::call::<longest>((words, weights)).await.expect("a word").value.as_deref(), Some("a"));
}

#[tokio::test]
async fn a_failure_says_why_and_keeps_what_was_before_it() {
    let failed = testing::call::<greet>((None,)).await.expect_err("nobody to greet");
    assert!(matches!(failed, TestError::Critical { .. }), "{failed:?}");
    assert!(failed.message().is_some_and(|message| message.contains("formatt")), "{failed}");

    let panicked = testing::call::<panics>(("ouch".to_owned(),)).await.expect_err("a panic");
    assert_eq!(panicked.to_string(), "the function failed: the function panicked: ouch");

    let unlucky = testing::stream::<count>((20,)).await.expect_err("bad luck");
    assert_eq!(unlucky.message(), Some("unlucky"));
    assert_eq!(unlucky.recording().map(|recording| recording.yields().len()), Some(12));

    let unwritten = testing::call::<divide>((f64::NAN, 1.0)).await.expect_err("no JSON");
    assert!(matches!(&unwritten, TestError::NotWritten(_)), "{unwritten:?}");
    assert!(unwritten.to_string().contains("a: "), "{unwritten}");
    assert!(unwritten.recording().is_none());
}

#[tokio::test]
async fn arguments_that_do_not_fit_are_an_error_with_the_path() {
    let app = TestApp::new().function(&add::IMPLEMENTATION).function(&longest::IMPLEMENTATION);
    let app = app.start().await.expect("an app");
    let wrong = app.assign::<i64>("add", args! { a: true }).await.expect_err("a mistake");
    assert!(
        matches!(&wrong, TestError::Error { message, .. } if message == "a: expected INT, got true"),
        "{wrong}"
    );
    let missing = app.assign::<i64>("add", args! {}).await.expect_err("a mistake");
    assert!(missing.message().is_some_and(|message| message.starts_with("a: ")), "{missing}");
    let inside = app
        .assign::<()>("longest", args! { words: [Some("a"), None], weights: None::<u8> })
        .await
        .expect_err("a mistake");
    assert!(inside.message().is_some_and(|message| message.starts_with("words[1]: ")), "{inside}");
    assert_eq!(app.assign::<i64>("add", args! { a: 1 }).await.expect("a sum").value, 4);
    let unfit = app.assign::<bool>("add", args! { a: 1 }).await.expect_err("not a boolean");
    assert!(matches!(unfit, TestError::Unfit { .. }), "{unfit:?}");
    let unknown = app.assign::<i64>("subtract", args! {}).await.expect_err("none");
    assert_eq!(unknown.message(), Some("this app has no function `subtract`"));
}

#[tokio::test]
async fn what_is_said_is_recorded_in_order() {
    let outcome = testing::call::<reports>(()).await.expect("a report");
    assert_eq!(outcome.progress(), [(10, "begun"), (90, "nearly")]);
    assert_eq!(outcome.logs(), [(LogLevel::Info, "working"), (LogLevel::Error, "odd")]);
    let kinds: Vec<String> = outcome.recording.events().iter().map(|event| format!("{event:?}")).collect();
    let kinds: Vec<&str> = kinds.iter().filter_map(|kind| kind.split([' ', '(']).next()).collect();
    assert_eq!(kinds, ["Started", "Progress", "Log", "Progress", "Log", "Yield", "Done"]);
}

#[tokio::test]
async fn a_generator_gives_all_its_items() {
    assert_eq!(testing::stream::<count>((3,)).await.expect("numbers").value, [1, 2, 3]);
    assert_eq!(testing::call::<count>((3,)).await.expect("numbers").value, 3);
    let pairs = testing::stream::<pairs>((2,)).await.expect("pairs");
    assert_eq!(pairs.value, [(0, "0".to_owned()), (1, "1".to_owned())]);
    assert!(testing::stream::<count>((0,)).await.expect("nothing").value.is_empty());
    let nothing = testing::call::<count>((0,)).await.expect_err("no last item");
    assert!(matches!(nothing, TestError::NothingReturned { .. }), "{nothing:?}");
}

#[tokio::test]
async fn items_can_be_looked_at_as_they_come() {
    let mut counting = testing::stream::<count>((5,)).start().await.expect("it starts");
    let first = counting.wait_for(|event| matches!(event, Event::Yield(_))).await;
    assert!(matches!(first, Some(Event::Yield(returns)) if returns.get() == r#"{"return0":1}"#));
    assert_eq!(counting.recording().yields().len(), 1);
    assert_eq!(counting.outcome().await.expect("numbers").value, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_function_learns_who_calls() {
    assert_eq!(testing::call::<who>(()).await.expect("nobody").value, (None, None, false));
    let call = testing::call::<who>(()).user("7").reference("mine").capture();
    assert_eq!(call.await.expect("somebody").value, (Some("7".to_owned()), Some("mine".to_owned()), true));
}

#[tokio::test]
async fn returns_that_are_too_large_are_critical() {
    let app =
        TestApp::new().function(&long::IMPLEMENTATION).max_message(1 << 10).start().await.expect("an app");
    assert_eq!(app.call::<long>((100,)).await.expect("short").value.len(), 100);
    let error = app.call::<long>((2_000,)).await.expect_err("too large");
    assert!(
        error.message().is_some_and(|message| message.contains("exceeds the limit of 1024 bytes")),
        "{error}"
    );
}

/// Also where a test has a runtime of many threads.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_calls_at_once_are_kept_apart() {
    let app = TestApp::new().function(&add::IMPLEMENTATION).start().await.expect("an app");
    let calls = (0..200).map(|number| app.call::<add>((number, Some(number))).into_future());
    let sums = futures_util::future::try_join_all(calls).await.expect("sums");
    for (number, sum) in (0..200).zip(sums) {
        assert_eq!(sum.value, 2 * number);
    }
}
