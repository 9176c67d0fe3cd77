//! Values of every kind, and generators, through agent, server and client.

use std::sync::mpsc;
use std::time::Duration;

use futures_util::stream::{self, Stream};
use futures_util::{StreamExt as _, TryStreamExt as _};
use rekuest::prelude::*;
use rekuest_client::graphql::Operation;
use rekuest_core::caller::CallEvent;
use serde::Serialize;
use serde_json::json;

use crate::in_process::{client, server, started};

#[tokio::test]
async fn the_server_computes_the_hashes_that_are_known_here() {
    let server = server(&["showcase", "caller"]).await;
    let app = App::new("showcase").linked();
    let hashes: Vec<(String, String)> = app
        .registry()
        .expect("functions")
        .iter()
        .map(|function| {
            (function.interface().to_owned(), function.definition().expect("a definition").hash())
        })
        .collect();
    let app = started(app, &server).await;
    let caller = client(&server, "caller").await;
    for (interface, hash) in hashes {
        assert_eq!(
            caller.find("showcase", &interface).await.expect("the action").hash(),
            hash,
            "{interface}"
        );
    }
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn every_kind_passes_through() {
    let server = server(&["showcase", "caller"]).await;
    let app = started(App::new("showcase").linked(), &server).await;
    let caller = client(&server, "caller").await;
    for (interface, args, returned) in [
        ("echo_date", json!({"v": "2024-01-02T03:04:05Z"}), r#"{"return0":"2024-01-02T03:04:05+00:00"}"#),
        ("echo_model", json!({"v": {"x": 1, "y": 2}}), r#"{"return0":{"x":1,"y":2.0,"label":"origin"}}"#),
        ("echo_enum", json!({"v": "RED"}), r#"{"return0":"RED"}"#),
        ("echo_enum_default", json!({}), r#"{"return0":"GREEN"}"#),
        ("echo_union", json!({"v": {"use": 1, "value": "a"}}), r#"{"return0":{"use":1,"value":"a"}}"#),
        ("echo_structure", json!({"image": "41"}), r#"{"return0":"42"}"#),
        (
            "validators",
            json!({"percent": 5, "offset": 1.0, "exposures": [0.5], "label": "x", "repeats": 2, "last": 6}),
            r#"{"return0":1}"#,
        ),
        (
            "widgets",
            json!({"speed": "fast", "room": "a", "notes": "", "position": [1.5], "stage": "1"}),
            r#"{"return0":1.5}"#,
        ),
        ("effects", json!({}), r#"{"return0":"true 10 1 "}"#),
    ] {
        let action = caller.find("showcase", interface).await.expect("the action");
        let args = serde_json::value::to_raw_value(&args).expect("JSON");
        let got = action.call_json(rekuest::Args::from_json(args)).await;
        assert_eq!(got.unwrap_or_else(|error| panic!("{interface}: {error}")).get(), returned, "{interface}");
    }
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// Exposes.
#[register]
fn expose(
    #[port(gt = 0, le = 100)] percent: i64,
    #[port(len(max = 3), item(gt = 0))] seconds: Vec<f64>,
    #[port(default = 4, widget = slider(min = 0, max = 10))] power: i64,
) -> i64 {
    percent + power + seconds.len() as i64
}

#[tokio::test]
async fn what_is_out_of_bounds_is_refused_with_its_path() {
    let server = server(&["provider", "caller"]).await;
    let app = started(App::new("provider").function(&expose::IMPLEMENTATION), &server).await;
    let caller = client(&server, "caller").await;
    assert_eq!(expose::call(&caller, 1, vec![0.5], None).await.expect("it fits"), 6);
    // What a widget bounds is the agent's matter alone.
    match expose::call(&caller, 1, vec![], 11).await {
        Err(CallError::Error { message }) => {
            assert_eq!(message, "power: expected a number of at most 10, got 11");
        }
        other => panic!("expected ERROR, got {other:?}"),
    }
    // This server knows the bounds too, and lets nothing through that the agent would refuse.
    for (percent, seconds, power, told) in [
        (101, vec![], 4, "percent: expected a number of at most 100, got 101"),
        (1, vec![1.0, -1.0], 4, "seconds[1]: expected a number greater than 0, got -1.0"),
        (1, vec![1.0; 4], 4, "seconds: expected a length of at most 3, got [1.0,1.0,1.0,1.0]"),
    ] {
        match expose::call(&caller, percent, seconds, power).await {
            Err(CallError::Refused(message)) => assert!(message.contains(told), "{message}"),
            other => panic!("expected a refusal, got {other:?}"),
        }
    }
    // An untyped one is, as far as its ports say: every mistake at once.
    let action = caller.find("provider", "expose").await.expect("the action");
    let refused =
        action.call_json(args! { percent: 0, seconds: [1.0, 0.0] }).await.expect_err("it does not fit");
    let told = refused.to_string();
    assert!(told.contains("percent: expected a number greater than 0, got 0"), "{told}");
    assert!(told.contains("seconds[1]: expected a number greater than 0, got 0.0"), "{told}");
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// Counts.
#[register]
fn count(n: i64) -> impl Iterator<Item = i64> {
    0..n
}

/// Counts, on the runtime.
#[register]
async fn count_slowly(n: i64) -> impl Stream<Item = i64> + Send {
    stream::iter(0..n).then(|item| async move {
        tokio::task::yield_now().await;
        item
    })
}

#[tokio::test]
async fn items_arrive_in_order() {
    let server = server(&["provider", "caller"]).await;
    let app = App::new("provider").function(&count::IMPLEMENTATION).function(&count_slowly::IMPLEMENTATION);
    let app = started(app, &server).await;
    let caller = client(&server, "caller").await;
    let counted: Vec<i64> = count::stream(&caller, 500).try_collect().await.expect("all items");
    assert_eq!(counted, (0..500).collect::<Vec<i64>>());
    let counted: Vec<i64> = count_slowly::stream(&caller, 3).try_collect().await.expect("all items");
    assert_eq!(counted, [0, 1, 2]);
    let none: Vec<i64> = count::stream(&caller, 0).try_collect().await.expect("no items");
    assert!(none.is_empty());
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// Yields until it cannot.
#[register]
fn count_and_fail(n: i64, panics: bool) -> impl Iterator<Item = Result<(i64, String), String>> {
    (0..=n).map(move |item| {
        assert!(item < n || !panics, "it broke");
        if item < n { Ok((item, item.to_string())) } else { Err("it is over".to_owned()) }
    })
}

/// Does not even begin.
#[register(generator)]
async fn never_begins() -> Result<futures_util::stream::BoxStream<'static, i64>, String> {
    Err("not today".to_owned())
}

#[tokio::test]
async fn items_before_a_failure_arrive() {
    let server = server(&["provider", "caller"]).await;
    let app = App::new("provider").function(&count_and_fail::IMPLEMENTATION);
    let app = started(app.function(&never_begins::IMPLEMENTATION), &server).await;
    let caller = client(&server, "caller").await;
    for (panics, message) in [(false, "it is over"), (true, "it broke")] {
        let mut items = count_and_fail::stream(&caller, 2, panics);
        assert_eq!(items.next().await.expect("an item").expect("an item"), (0, "0".to_owned()));
        assert_eq!(items.next().await.expect("an item").expect("an item"), (1, "1".to_owned()));
        match items.next().await {
            Some(Err(CallError::Critical { message: told })) => assert!(told.contains(message), "{told}"),
            other => panic!("expected CRITICAL, got {other:?}"),
        }
        assert!(items.next().await.is_none());
    }
    let mut items = never_begins::stream(&caller);
    match items.next().await {
        Some(Err(CallError::Critical { message })) => assert_eq!(message, "not today"),
        other => panic!("expected CRITICAL, got {other:?}"),
    }
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// Says when it is dropped.
struct Dropped(mpsc::Sender<()>);

impl Drop for Dropped {
    fn drop(&mut self) {
        // Nobody may be listening any more.
        let _ = self.0.send(());
    }
}

#[tokio::test]
async fn a_cancelled_generator_is_dropped() {
    let server = server(&["provider", "caller"]).await;
    let app = started(App::new("provider").function(&endless::IMPLEMENTATION), &server).await;
    let caller = client(&server, "caller").await;
    let (sender, ended) = mpsc::channel();
    *ENDED.lock().expect("no panic") = Some(Dropped(sender));
    let action = caller.find("provider", "endless").await.expect("the action");
    let mut running = action.start(args! {}).await.expect("a call");
    let mut items = 0;
    while items < 3 {
        if let Some(CallEvent::Yield(_)) = running.next().await.expect("an event") {
            items += 1;
        }
    }
    running.cancel().await.expect("asked");
    loop {
        match running.next().await {
            Ok(Some(_)) => {}
            Err(CallError::Cancelled) => break,
            other => panic!("expected CANCELLED, got {other:?}"),
        }
    }
    tokio::task::spawn_blocking(move || ended.recv_timeout(Duration::from_secs(30)))
        .await
        .expect("no panic")
        .expect("the iterator is dropped");
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// What the endless iterator holds.
static ENDED: std::sync::Mutex<Option<Dropped>> = std::sync::Mutex::new(None);

/// Yields for ever, and no faster than is read: a caller that is too far behind is told so instead.
#[register]
fn endless() -> impl Iterator<Item = i64> {
    let held = ENDED.lock().expect("no panic").take();
    (0..).inspect(move |_| {
        let _ = &held;
        std::thread::sleep(Duration::from_micros(500));
    })
}

/// `collect`: asks the agents to drop what is in these drawers.
#[derive(Serialize)]
struct Collect<'a> {
    drawers: &'a [&'a str],
}

impl Operation for Collect<'_> {
    const NAME: &'static str = "Collect";
    const DOCUMENT: &'static str = "mutation Collect($input: CollectInput!) { collect(input: $input) }";
    const FIELD: &'static str = "collect";
    const INPUT: bool = true;
    const IDEMPOTENT: bool = false;
    type Data = Vec<String>;
}

/// Something too heavy to travel.
#[derive(Debug, Memorable)]
struct Heavy {
    weight: i64,
}

/// Something else.
#[derive(Debug, Memorable)]
struct Light;

/// Something that cannot be thrown away in peace.
#[derive(Debug, Memorable)]
struct Explosive;

impl Drop for Explosive {
    fn drop(&mut self) {
        panic!("it exploded");
    }
}

/// Makes something dangerous.
#[register]
fn arm() -> Memory<Explosive> {
    Memory::new(Explosive)
}

#[tokio::test]
async fn a_value_that_panics_when_it_is_dropped_ends_nothing_else() {
    let server = server(&["provider", "caller"]).await;
    let app = App::new("provider").function(&arm::IMPLEMENTATION).function(&count::IMPLEMENTATION);
    let app = started(app, &server).await;
    let caller = client(&server, "caller").await;
    let armed = arm::call(&caller).await.expect("a drawer");
    let drawers = [armed.drawer().expect("it has one")];
    client(&server, "provider")
        .await
        .graphql()
        .execute(&Collect { drawers: &drawers })
        .await
        .expect("collected");
    let counted: Vec<i64> = count::stream(&caller, 2).try_collect().await.expect("the agent lives");
    assert_eq!(counted, [0, 1]);
    arm::call(&caller).await.expect("a drawer");
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// Makes something.
#[register]
fn make(weight: i64) -> (Memory<Heavy>, Memory<Light>) {
    (Memory::new(Heavy { weight }), Memory::new(Light))
}

/// Looks at it.
#[register]
fn weigh(thing: Memory<Heavy>) -> Result<i64, rekuest::NotHere> {
    Ok(thing.get()?.weight)
}

#[tokio::test]
async fn what_stays_in_memory_is_passed_by_its_drawer_until_it_is_collected() {
    let server = server(&["provider", "caller"]).await;
    let app = App::new("provider").function(&make::IMPLEMENTATION).function(&weigh::IMPLEMENTATION);
    let app = started(app, &server).await;
    let caller = client(&server, "caller").await;
    let (heavy, light) = make::call(&caller, 7).await.expect("two drawers");
    let drawer = heavy.drawer().expect("it has one").to_owned();
    // It is not here, and can be passed on.
    assert_eq!(heavy.get().expect_err("it is elsewhere").drawer, drawer);
    assert_eq!(weigh::call(&caller, heavy.clone()).await.expect("what is in it"), 7);
    assert_eq!(weigh::call(&caller, heavy.clone()).await.expect("what is in it"), 7);

    let read = caller.find("provider", "weigh").await.expect("the action");
    match read.call_json(args! { thing: "no-such-drawer" }).await {
        Err(CallError::Error { message }) => {
            assert!(message.starts_with("thing: there is no drawer"), "{message}")
        }
        other => panic!("expected ERROR, got {other:?}"),
    }
    match read.call_json(args! { thing: light.drawer().expect("it has one") }).await {
        Err(CallError::Error { message }) => assert!(message.contains("holds a"), "{message}"),
        other => panic!("expected ERROR, got {other:?}"),
    }
    // What a caller made itself has no drawer, and is not sent.
    let own = weigh::call(&caller, Memory::new(Heavy { weight: 1 })).await;
    assert!(
        matches!(&own, Err(CallError::Arguments(error)) if error.to_string().starts_with("thing: a new")),
        "{own:?}"
    );

    let own_client = client(&server, "provider").await;
    own_client.graphql().execute(&Collect { drawers: &[&drawer] }).await.expect("collected");
    // The agent works its frames in order, so what is assigned after COLLECT finds the drawer empty.
    match weigh::call(&caller, heavy).await {
        Err(CallError::Error { message }) => {
            assert!(message.starts_with("thing: there is no drawer"), "{message}")
        }
        other => panic!("expected ERROR, got {other:?}"),
    }
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}
