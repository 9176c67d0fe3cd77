//! Calls that are stopped, and calls that are halted.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::prelude::*;
use crate::testing::{self, Event, TestApp, TestError};

/// Says that it was dropped.
struct Guard(Arc<AtomicBool>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[register]
async fn waits() {
    std::future::pending::<()>().await;
}

#[register]
fn works(task: Task) {
    while task.progress(0, "working") {
        thread::sleep(Duration::from_millis(1));
    }
}

#[register]
async fn walks(task: Task, steps: u32) -> u32 {
    for step in 1..=steps {
        task.breakpoint().await;
        task.progress(step, "walked");
    }
    steps
}

#[register]
fn never_ends() -> impl Iterator<Item = u64> {
    0..
}

#[tokio::test]
async fn cancelling_ends_an_async_function_after_its_cleanup() {
    let cleaned = Arc::new(AtomicBool::new(false));
    let of_function = Arc::clone(&cleaned);
    let holds = Function::future("holds", [], move || {
        let guard = Guard(Arc::clone(&of_function));
        async move {
            crate::task::current().expect("a task").progress(0, "holding");
            std::future::pending::<()>().await;
            drop(guard);
        }
    });
    let app = TestApp::new().function(holds).start().await.expect("an app");
    let mut call = app.assign::<()>("holds", args! {}).start().await.expect("it starts");
    call.wait_for(|event| matches!(event, Event::Progress { .. })).await.expect("it holds");
    call.cancel();
    let error = call.outcome().await.expect_err("it was cancelled");
    assert!(matches!(error, TestError::Cancelled { .. }), "{error:?}");
    assert!(cleaned.load(Ordering::SeqCst));
}

#[tokio::test]
async fn cancelling_ends_a_blocking_function_that_looks() {
    let app = TestApp::new().function(&works::IMPLEMENTATION).start().await.expect("an app");
    let mut call = app.call::<works>(()).start().await.expect("it starts");
    call.wait_for(|event| matches!(event, Event::Progress { .. })).await.expect("it works");
    call.cancel();
    let error = call.outcome().await.expect_err("it was cancelled");
    assert!(matches!(&error, TestError::Cancelled { .. }), "{error:?}");
    assert!(error.recording().is_some_and(|recording| !recording.progress().is_empty()));
    app.idle().await;
}

#[tokio::test]
async fn interrupting_takes_the_children_along() {
    let app = TestApp::new().function(&waits::IMPLEMENTATION).start().await.expect("an app");
    let parent = app.call::<waits>(()).start().await.expect("it starts");
    let child = app.call::<waits>(()).parent(parent.id()).start().await.expect("it starts");
    parent.interrupt();
    for call in [parent, child] {
        let error = call.outcome().await.expect_err("it was interrupted");
        assert!(matches!(error, TestError::Interrupted { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn breakpoints_halt_step_and_go_on() {
    let mut call = testing::start::<walks>((3,)).await.expect("it starts");
    call.pause();
    let paused = |event: &Event| matches!(event, Event::Paused);
    call.wait_for(paused).await.expect("it halts");
    assert!(call.recording().progress().is_empty());
    call.step();
    call.wait_for(paused).await.expect("it halts again");
    assert_eq!(call.recording().progress(), [(1, "walked")]);
    call.resume();
    let outcome = call.outcome().await.expect("it arrives");
    assert_eq!(outcome.value, 3);
    assert_eq!(outcome.progress().len(), 3);
}

#[tokio::test]
async fn a_generator_without_an_end_is_cancelled() {
    let mut call = testing::start::<never_ends>(()).await.expect("it starts");
    for _ in 0..3 {
        call.wait_for(|event| matches!(event, Event::Yield(_))).await.expect("an item");
    }
    call.cancel();
    let error = call.outcome().await.expect_err("it was cancelled");
    assert!(error.recording().is_some_and(|recording| recording.yields().len() >= 3));
}

#[tokio::test]
async fn a_call_that_is_dropped_is_cancelled() {
    let app = TestApp::new().function(&works::IMPLEMENTATION).start().await.expect("an app");
    let mut call = app.call::<works>(()).start().await.expect("it starts");
    call.next_event().await;
    drop(call);
    // Would not come back while it works.
    app.idle().await;
}
