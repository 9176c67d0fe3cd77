//! The handle of a call: of a client, and of a running function.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::{Stream, stream};
use rekuest::caller::CallEvent;
use rekuest::prelude::*;
use rekuest::testing::TestApp;
use rekuest::{CallError, Running};

use crate::in_process::{client, server, started, until};

/// Whether steps enough were made.
static ENOUGH: AtomicBool = AtomicBool::new(false);

/// Makes steps until they are enough.
#[register]
async fn makes_steps(task: Task) -> u32 {
    while !ENOUGH.load(Ordering::SeqCst) {
        task.breakpoint().await;
        tokio::task::yield_now().await;
    }
    7
}

/// Never ends, once it has said that it began.
#[register]
async fn goes_on_alone(task: Task) -> u32 {
    task.progress(1, "begun");
    std::future::pending().await
}

/// Starts another function, cancels it once it has begun, and says how it ended.
#[register]
async fn supervises(task: Task) -> Result<String, CallError> {
    let mut running = goes_on_alone::call(&task).start().await?;
    told(&mut running, "begun").await?;
    running.cancel().await?;
    match running.result().await {
        Err(CallError::Cancelled) => Ok("cancelled".to_owned()),
        other => Ok(format!("{other:?}")),
    }
}

/// Starts another function and leaves it to itself.
#[register]
async fn leaves(task: Task) -> Result<String, CallError> {
    goes_on_alone::call(&task).detach().await
}

/// Reads until this is said.
async fn told(running: &mut Running<u32>, what: &str) -> Result<(), CallError> {
    loop {
        match running.next().await? {
            Some(CallEvent::Progress { message: Some(message), .. }) if message == what => return Ok(()),
            Some(_) => {}
            None => panic!("it has ended and never said `{what}`"),
        }
    }
}

#[tokio::test]
async fn a_handle_pauses_steps_resumes_and_gives_the_result() {
    let server = server(&["provider", "caller"]).await;
    let app = started(App::new("provider").function(&makes_steps::IMPLEMENTATION), &server).await;
    let caller = client(&server, "caller").await;
    let mut running = makes_steps::call(&caller).start().await.expect("started");
    running.pause().await.expect("asked");
    told(&mut running, "paused").await.expect("it halts");
    running.step().await.expect("asked");
    told(&mut running, "paused").await.expect("it halts again");
    running.resume().await.expect("asked");
    told(&mut running, "resumed").await.expect("it goes on");
    ENOUGH.store(true, Ordering::SeqCst);
    assert_eq!(running.result().await.expect("a number"), 7);
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn a_handle_interrupts() {
    let server = server(&["provider", "caller"]).await;
    let app = started(App::new("provider").function(&goes_on_alone::IMPLEMENTATION), &server).await;
    let caller = client(&server, "caller").await;
    let mut running = goes_on_alone::call(&caller).start().await.expect("started");
    told(&mut running, "begun").await.expect("it begins");
    running.interrupt().await.expect("asked");
    assert!(matches!(running.result().await, Err(CallError::Interrupted)));
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn a_running_function_has_the_same_handle() {
    let server = server(&["provider", "caller"]).await;
    let functions = [&goes_on_alone::IMPLEMENTATION, &supervises::IMPLEMENTATION];
    let app = functions.into_iter().fold(App::new("provider"), App::function);
    let app = started(app, &server).await;
    let caller = client(&server, "caller").await;
    assert_eq!(supervises::call(&caller).await.expect("how it ended"), "cancelled");
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn a_running_function_has_the_same_handle_without_a_server() {
    let functions = [&goes_on_alone::IMPLEMENTATION, &supervises::IMPLEMENTATION];
    let app = functions.into_iter().fold(TestApp::new(), TestApp::function);
    let app = app.start().await.expect("an app");
    assert_eq!(app.call::<supervises>(()).await.expect("how it ended").value, "cancelled");
}

#[tokio::test]
async fn a_detached_call_goes_on_without_whoever_made_it() {
    let server = server(&["provider", "caller"]).await;
    let functions = [&goes_on_alone::IMPLEMENTATION, &leaves::IMPLEMENTATION];
    let app = functions.into_iter().fold(App::new("provider"), App::function);
    let app = started(app, &server).await;
    let caller = client(&server, "caller").await;
    let left = leaves::call(&caller).await.expect("an id");
    assert!(!left.is_empty());
    let handle = app.handle();
    until("it goes on alone", || handle.status().running == 1).await;
    assert_eq!(handle.status().cancelled, 0);
    let own = goes_on_alone::call(&caller).detach().await.expect("an id");
    assert_ne!(own, left);
    until("both go on", || handle.status().running == 2).await;
    app.handle().shutdown_now();
    server.shutdown().await;
}

/// Counts, as fast as it can.
#[register]
async fn counts_up(to: u32) -> impl Stream<Item = u32> {
    stream::iter(0..to)
}

#[tokio::test]
async fn a_fast_generator_that_is_attached_to_begins_somewhere_and_leaves_nothing_out() {
    const LAST: u32 = 5_000;
    let server = server(&["provider", "caller"]).await;
    let app = started(App::new("provider").function(&counts_up::IMPLEMENTATION), &server).await;
    let caller = client(&server, "caller").await;
    for _ in 0..2 {
        let id = counts_up::stream(&caller, LAST + 1).start().await.expect("started").detach();
        let mut call = caller.attach(&id).await.expect("it is known").typed::<u32>();
        let mut last = None;
        while let Some(event) = call.next().await.expect("it goes on") {
            if let CallEvent::Yield(item) = event {
                assert!(last.is_none_or(|last| item == last + 1), "{item} after {last:?}");
                last = Some(item);
            }
        }
        assert_eq!(last, Some(LAST));
    }
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn a_detached_call_is_followed_and_cancelled_by_its_id() {
    let server = server(&["provider", "caller"]).await;
    let app = started(App::new("provider").function(&goes_on_alone::IMPLEMENTATION), &server).await;
    let id = goes_on_alone::call(&client(&server, "caller").await).detach().await.expect("an id");
    let handle = app.handle();
    until("it runs", || handle.status().running == 1).await;

    // As another process of the same identity would.
    let other = client(&server, "caller").await;
    drop(other.attach(&id).await.expect("it is known"));
    let mut call = other.attach(&id).await.expect("it is known");
    loop {
        match call.next().await.expect("it goes on").expect("it has not ended") {
            CallEvent::Progress { message: Some(message), .. } if message == "begun" => break,
            _ => {}
        }
    }
    other.cancel(&id).await.expect("asked");
    let end = loop {
        match call.next().await {
            Ok(event) => assert!(event.is_some(), "it never ends by itself"),
            Err(error) => break error,
        }
    };
    assert!(matches!(end, CallError::Cancelled), "{end:?}");
    assert!(matches!(other.attach("12345").await, Err(CallError::NotFound(_))));
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}
