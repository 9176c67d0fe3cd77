//! An agent whose connection is cut, or whose server is replaced, while its functions run.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use futures_util::stream::{self, Stream, StreamExt as _};
use rekuest::RunningApp;
use rekuest::prelude::*;
use rekuest_core::caller::CallEvent;
use tokio::sync::Semaphore;

use crate::in_process::{client, server, started, taking, until};
use crate::relay::Relay;

/// How often the generator may yield.
static ITEMS: Semaphore = Semaphore::const_new(0);

/// Counts when it may.
#[register]
async fn count_gated(n: i64) -> impl Stream<Item = i64> + Send {
    stream::iter(0..n).then(|item| async move {
        ITEMS.acquire().await.expect("it stays open").forget();
        item
    })
}

/// A blocking function that returns when the sender says what, and counts how often it was begun.
fn held(begun: &Arc<AtomicUsize>) -> (mpsc::Sender<i64>, Function) {
    let (sender, receiver) = mpsc::channel();
    let receiver = Arc::new(Mutex::new(receiver));
    let begun = Arc::clone(begun);
    let function = Function::blocking("held", [], move || {
        begun.fetch_add(1, Ordering::SeqCst);
        receiver.lock().expect("unpoisoned").recv().expect("it is said")
    });
    (sender, function)
}

async fn through(relay: &Relay, app: App) -> RunningApp {
    let app = app.url(relay.url()).token("provider");
    let app = app.backoff(Duration::from_millis(10), Duration::from_millis(50));
    let app = app.start().await.expect("a running app");
    app.ready().await.expect("a ready app");
    app
}

#[tokio::test]
async fn a_cut_in_the_middle_of_a_generator_and_a_blocking_function_loses_nothing() {
    let server = server(&["provider", "caller"]).await;
    let relay = Relay::start(server.address()).await;
    let begun = Arc::new(AtomicUsize::new(0));
    let (say, held) = held(&begun);
    let app = App::new("provider").function(&count_gated::IMPLEMENTATION).function(held);
    let app = through(&relay, app).await;
    let handle = app.handle();
    let caller = client(&server, "caller").await;

    let action = caller.find("provider", "held").await.expect("the action");
    let blocking = tokio::spawn(async move { action.call::<i64>(args! {}).await });
    let action = caller.find("provider", "count_gated").await.expect("the action");
    let mut counting = action.start(args! { n: 30 }).await.expect("a call");
    let mut items = Vec::new();
    ITEMS.add_permits(10);
    while items.len() < 10 {
        if let CallEvent::Yield(item) = counting.next().await.expect("it goes on").expect("an item") {
            items.push(item.get().to_owned());
        }
    }
    until("both run", || handle.status().running == 2).await;

    relay.cut();
    until("it notices", || !handle.is_ready()).await;
    // While it is away: more items, and the end of the blocking function.
    ITEMS.add_permits(10);
    say.send(5).expect("it waits");
    until("what happens is kept", || {
        let status = handle.status();
        status.running == 1 && status.events_kept >= 11
    })
    .await;
    relay.mend();
    until("it is back", || handle.is_ready()).await;
    ITEMS.add_permits(10);
    while let Some(event) = counting.next().await.expect("one end, which is DONE") {
        if let CallEvent::Yield(item) = event {
            items.push(item.get().to_owned());
        }
    }
    assert_eq!(items, (0..30).map(|item| format!(r#"{{"return0":{item}}}"#)).collect::<Vec<_>>());
    assert_eq!(blocking.await.expect("no panic").expect("it was not lost"), 5);
    assert_eq!(begun.load(Ordering::SeqCst), 1);
    let status = handle.status();
    assert_eq!(
        (status.done, status.failed, status.cancelled, status.connections),
        (2, 0, 0, 2),
        "{status:?}"
    );
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn a_blocking_function_outlives_the_server_that_called_it() {
    let first = server(&["provider", "caller"]).await;
    let address = first.address();
    let begun = Arc::new(AtomicUsize::new(0));
    let (say, held) = held(&begun);
    let app =
        App::new("provider").function(held).backoff(Duration::from_millis(10), Duration::from_millis(50));
    let app = started(app, &first).await;
    let handle = app.handle();
    let caller = client(&first, "caller").await;
    let action = caller.find("provider", "held").await.expect("the action");
    let lost = action.start(args! {}).await.expect("a call");
    until("it runs", || handle.status().running == 1).await;
    lost.detach();
    drop(caller);
    first.shutdown().await;
    until("it notices", || !handle.is_ready()).await;

    let second = taking(&["provider", "caller"]).bind(address).start().await.expect("the same address again");
    until("it is back", || handle.status().connections == 2 && handle.is_ready()).await;
    // The new server knows nothing of the call: it ends for itself, and the next one is another.
    assert_eq!(handle.status().running + handle.status().lingering, 1);
    say.send(1).expect("it waits");
    until("it ends", || handle.status().running + handle.status().lingering == 0).await;
    let caller = client(&second, "caller").await;
    let action = caller.find("provider", "held").await.expect("the action");
    say.send(2).expect("it is there");
    assert_eq!(action.call::<i64>(args! {}).await.expect("an answer"), 2);
    assert_eq!(begun.load(Ordering::SeqCst), 2);
    app.shutdown().await.expect("a clean end");
    second.shutdown().await;
}
