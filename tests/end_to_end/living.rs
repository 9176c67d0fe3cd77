//! What lives in an app: states that others watch, contexts that functions share, calls of calls.

use std::time::Duration;

use futures_util::StreamExt as _;
use rekuest::prelude::*;
use rekuest::server::Server;
use rekuest::{RunningApp, args};

use crate::in_process::{client, identity, server, started, until};

/// How much was counted.
#[derive(Debug, Clone, PartialEq, State)]
#[state(name = "Tally")]
struct Tally {
    count: i64,
    by: Vec<i64>,
}

/// For apps that are given all functions of this program.
#[startup]
fn nothing_counted() -> Tally {
    Tally { count: 0, by: vec![] }
}

/// Counts on.
#[register]
async fn count_on(tally: State<Tally>, who: i64) -> i64 {
    tally.update(|tally| {
        tally.count += 1;
        tally.by.push(who);
        tally.count
    })
}

fn counting() -> App {
    App::new("provider").function(&count_on::IMPLEMENTATION).state(nothing_counted())
}

fn tally(app: &RunningApp) -> Tally {
    let tally = app.state::<Tally>().expect("the app has it").read();
    Tally::clone(&tally)
}

/// Makes calls of these, all at once.
fn count(
    caller: &Client,
    whos: std::ops::Range<i64>,
) -> Vec<tokio::task::JoinHandle<Result<i64, CallError>>> {
    let call = |who| {
        let caller = caller.clone();
        tokio::spawn(async move { count_on::call(&caller, who).await })
    };
    whos.map(call).collect()
}

#[tokio::test]
async fn many_counts_at_once_end_at_exactly_as_many_and_the_server_knows() {
    let server = server(&["provider", "caller"]).await;
    let app = started(counting(), &server).await;
    let caller = client(&server, "caller").await;
    let mut watched = caller.state::<Tally>("provider", "default").watch();
    assert_eq!(watched.next().await.expect("a value").expect("the first"), Tally { count: 0, by: vec![] });
    let mut returned = Vec::new();
    for call in count(&caller, 0..64) {
        returned.push(call.await.expect("no panic").expect("a count"));
    }
    returned.sort_unstable();
    assert_eq!(returned, (1..=64).collect::<Vec<i64>>());
    let here = tally(&app);
    assert_eq!((here.count, here.by.len()), (64, 64));
    // Whoever has a return sees the state that belongs to it.
    let there: Tally = caller.state("provider", "default").await.expect("the state");
    assert_eq!(there, here);
    // Who watches has every value in the end.
    while watched.next().await.expect("a value").expect("it is followed") != here {}
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn the_same_across_a_server_that_is_restarted_in_the_middle() {
    let first = server(&["provider", "caller"]).await;
    let address = first.address();
    let app = started(counting(), &first).await;
    let caller = client(&first, "caller").await;
    let mut watched = caller.state::<Tally>("provider", "default").watch();
    watched.next().await.expect("a value").expect("the first");
    let mut calls = count(&caller, 0..32);
    // The others are under way, and so is what they changed.
    calls.remove(0).await.expect("no panic").expect("a count");
    first.shutdown().await;
    app.state::<Tally>().expect("the app has it").update(|tally| {
        tally.count += 1;
        tally.by.push(-1);
    });
    let second = Server::builder()
        .bind(address)
        .token("provider".into(), identity("provider"))
        .token("caller".into(), identity("caller"))
        .start()
        .await
        .expect("the same address again");
    // Whether these were heard or not: each comes to an end.
    for call in calls {
        let _ = call.await.expect("no panic");
    }
    // Refused while the agent is not back.
    while let Err(error) = count_on::call(&caller, 32).timeout(Duration::from_secs(30)).await {
        assert!(matches!(error, CallError::Refused(_) | CallError::Connection { .. }), "{error}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for call in count(&caller, 33..64) {
        call.await.expect("no panic").expect("a count");
    }
    let here = tally(&app);
    assert_eq!(usize::try_from(here.count), Ok(here.by.len()), "each was counted once");
    assert!((-1..1).chain(32..64).all(|who| here.by.contains(&who)), "{here:?}");
    let there: Tally = caller.state("provider", "default").await.expect("the state");
    assert_eq!(there, here);
    while watched.next().await.expect("a value").expect("it is followed") != here {}
    app.shutdown().await.expect("a clean end");
    second.shutdown().await;
}

#[tokio::test]
async fn the_showcase_counts_notes_tells_the_time_and_calls_itself() {
    let server = server(&["showcase", "caller"]).await;
    let app = started(App::new("showcase").linked(), &server).await;
    let caller = client(&server, "caller").await;
    let call = async |interface: &str, args: rekuest::Args| -> Result<String, CallError> {
        let action = caller.find("showcase", interface).await?;
        Ok(action.call_json(args).await?.get().to_owned())
    };
    assert_eq!(call("inc", args! {}).await.expect("a count"), r#"{"return0":1}"#);
    assert_eq!(call("inc", args! { by: 4 }).await.expect("a count"), r#"{"return0":5}"#);
    let counter = caller.state_named("showcase", "default", "Counter").await.expect("the state");
    assert_eq!(counter, serde_json::json!({"count": 5, "label": "boot"}));
    assert_eq!(call("nested", args! { a: 5 }).await.expect("a sum"), r#"{"return0":15}"#);
    assert_eq!(call("note", args! { text: "one" }).await.expect("it"), r#"{"return0":1}"#);
    assert_eq!(call("note", args! { text: "two" }).await.expect("it"), r#"{"return0":2}"#);
    assert_eq!(call("notes", args! {}).await.expect("them"), r#"{"return0":["one","two"]}"#);
    let mut times = caller.state_named("showcase", "default", "Clock").watch();
    let first = times.next().await.expect("a value").expect("the time");
    let second = times.next().await.expect("a value").expect("a later time");
    assert_ne!(first, second);
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn a_watch_goes_on_when_its_app_starts_again() {
    let server = server(&["provider", "caller"]).await;
    let app = started(counting(), &server).await;
    let caller = client(&server, "caller").await;
    let mut watched = caller.state::<Tally>("provider", "default").watch();
    assert_eq!(watched.next().await.expect("a value").expect("the first").count, 0);
    count_on::call(&caller, 1).await.expect("a count");
    assert_eq!(watched.next().await.expect("a value").expect("the second").count, 1);
    app.shutdown().await.expect("a clean end");
    let app = started(counting(), &server).await;
    assert_eq!(watched.next().await.expect("a value").expect("that of the next").count, 0);
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// Waits until it is dropped.
#[register]
async fn wait_for_ever() -> i64 {
    std::future::pending().await
}

/// Has another one wait.
#[register]
async fn has_others_wait(task: Task) -> Result<i64, CallError> {
    wait_for_ever::call(&task).await
}

/// The same on a thread.
#[register]
fn blocks_on_others(task: Task) -> Result<i64, CallError> {
    wait_for_ever::call(&task).wait()
}

#[tokio::test]
async fn what_a_function_has_called_is_cancelled_with_it() {
    let server = server(&["provider", "caller"]).await;
    let app = App::new("provider")
        .function(&wait_for_ever::IMPLEMENTATION)
        .function(&has_others_wait::IMPLEMENTATION)
        .function(&blocks_on_others::IMPLEMENTATION);
    let app = started(app, &server).await;
    let caller = client(&server, "caller").await;
    for (round, interface) in ["has_others_wait", "blocks_on_others"].into_iter().enumerate() {
        let action = caller.find("provider", interface).await.expect("the action");
        let call = action.start(args! {}).await.expect("it is accepted");
        until("both run", || app.handle().status().running == 2).await;
        drop(call);
        let cancelled = 2 * (round as u64 + 1);
        until("both are cancelled", || app.handle().status().cancelled == cancelled).await;
    }
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// Doubles, wherever it is.
#[declare]
fn double(x: i64) -> i64;

/// Says it louder, if somebody can.
#[declare(name = "Shout")]
fn shout(text: String) -> String;

/// Doubles twice, by asking somebody.
#[register(dependencies = [double, optional(shout)])]
async fn quadruple(task: Task, x: i64) -> Result<(i64, String), CallError> {
    let doubled = double::call(&task, double::call(&task, x).await?).await?;
    let said = match task.is_given("shout") {
        true => shout::call(&task, doubled.to_string()).await?,
        false => doubled.to_string(),
    };
    Ok((doubled, said))
}

/// Reaches for what may not be there.
#[register(dependencies = [optional(shout)])]
async fn shout_anyway(task: Task) -> Result<String, CallError> {
    shout::call(&task, "hey".to_owned()).await
}

#[tokio::test]
async fn dependencies_are_served_by_whoever_is_like_them() {
    let server = server(&["provider", "helper", "other", "caller"]).await;
    let app =
        App::new("provider").function(&quadruple::IMPLEMENTATION).function(&shout_anyway::IMPLEMENTATION);
    let app = started(app, &server).await;
    let caller = client(&server, "caller").await;

    let refused = quadruple::call(&caller, 1).await.expect_err("nobody doubles").to_string();
    assert!(refused.contains("double"), "{refused}");
    let failed = shout_anyway::call(&caller).await;
    assert!(
        matches!(&failed, Err(CallError::Critical { message }) if message.contains("dependency `shout`: it is optional")),
        "{failed:?}"
    );

    let twice = |interface: &str, factor: i64| Function::blocking(interface, ["x"], move |x: i64| factor * x);
    let helper = started(App::new("helper").function(twice("twice", 2).name("Twice")), &server).await;
    assert_eq!(quadruple::call(&caller, 3).await.expect("it"), (12, "12".to_owned()));

    let shouts = Function::blocking("shouts", ["text"], |text: String| text + "!").name("Shout");
    let other = App::new("other").function(shouts).function(twice("thrice", 3).name("Thrice"));
    let other = started(other, &server).await;
    // Somebody else is like it too: the caller chooses.
    let implementation = |app: &'static str, interface: &'static str| {
        let caller = caller.clone();
        async move {
            let action = caller.find(app, interface).await.expect("the action");
            action.implementation().expect("one of an app").id.clone()
        }
    };
    let two = implementation("helper", "twice").await;
    let three = implementation("other", "thrice").await;
    let by_two = quadruple::call(&caller, 3).dependency("double", two).await;
    assert_eq!(by_two.expect("it"), (12, "12!".to_owned()));
    let by_three = quadruple::call(&caller, 3).dependency("double", three).await;
    assert_eq!(by_three.expect("it"), (27, "27!".to_owned()));

    // Without an assignation around it, whoever is like it.
    assert_eq!(shout::call(&caller, "hey".to_owned()).await.expect("it"), "hey!");
    for app in [app, helper, other] {
        app.shutdown().await.expect("a clean end");
    }
    let nobody = shout::call(&caller, "hey".to_owned()).await;
    assert!(nobody.is_err(), "{nobody:?}");
    server.shutdown().await;
}

/// Which app it is.
#[derive(Context)]
struct Name(&'static str);

/// Says which app it is.
#[register]
fn which(name: Ctx<Name>) -> String {
    name.0.to_owned()
}

/// Asks which app it is, by calling another function of this program.
#[register]
async fn ask(task: Task) -> Result<String, CallError> {
    which::call(&task).await
}

/// The same with a dependency.
#[register(dependencies = [which])]
async fn ask_by_dependency(task: Task) -> Result<String, CallError> {
    which::call(&task).await
}

/// For apps that are given all functions of this program.
#[startup]
fn no_name() -> Name {
    Name("no name")
}

#[tokio::test]
async fn what_an_app_provides_itself_it_is_called_for_itself() {
    let server = server(&["one", "two", "caller"]).await;
    let app = |name: &'static str| {
        App::new(name)
            .function(&which::IMPLEMENTATION)
            .function(&ask::IMPLEMENTATION)
            .function(&ask_by_dependency::IMPLEMENTATION)
            .context(Name(name))
    };
    let (one, two) = (started(app("one"), &server).await, started(app("two"), &server).await);
    let caller = client(&server, "caller").await;
    for name in ["one", "two", "one", "two"] {
        for interface in ["ask", "ask_by_dependency"] {
            let action = caller.find(name, interface).await.expect("the action");
            assert_eq!(action.call::<String>(args! {}).await.expect("a name"), name);
        }
    }
    one.shutdown().await.expect("a clean end");
    two.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

/// Something heavy.
#[derive(Memorable)]
#[memorable(size = Stone::weight)]
struct Stone(usize);

impl Stone {
    fn weight(&self) -> usize {
        self.0
    }
}

/// Lifts it.
#[register]
fn lift(weight: usize) -> Memory<Stone> {
    Memory::new(Stone(weight))
}

/// How heavy it is.
#[register]
fn heft(stone: Memory<Stone>) -> Result<usize, rekuest::NotHere> {
    Ok(stone.get()?.0)
}

/// Lifts and looks, by calling others.
#[register]
async fn lift_and_heft(task: Task, weight: usize) -> Result<usize, CallError> {
    let stone = lift::call(&task, weight).await?;
    let here = stone.get().map_or(0, |stone| stone.0);
    Ok(here + heft::call(&task, stone).await?)
}

#[register]
async fn lift_many(weights: Vec<usize>) -> Vec<Memory<Stone>> {
    weights.into_iter().map(|weight| Memory::new(Stone(weight))).collect()
}

#[tokio::test]
async fn a_shelf_with_a_budget_keeps_what_was_used_last() {
    let server = server(&["provider", "caller"]).await;
    let app = App::new("provider")
        .function(&lift::IMPLEMENTATION)
        .function(&heft::IMPLEMENTATION)
        .function(&lift_many::IMPLEMENTATION)
        .function(&lift_and_heft::IMPLEMENTATION)
        .shelf_budget(100);
    let app = started(app, &server).await;
    let caller = client(&server, "caller").await;
    let first = lift::call(&caller, 40).await.expect("a drawer");
    let second = lift::call(&caller, 40).await.expect("a drawer");
    assert_eq!(heft::call(&caller, first.clone()).await.expect("its weight"), 40);
    let third = lift::call(&caller, 50).await.expect("a drawer");
    match heft::call(&caller, second).await {
        Err(CallError::Error { message }) => {
            assert!(message.contains("has made room for newer ones"), "{message}")
        }
        other => panic!("expected ERROR, got {other:?}"),
    }
    for (stone, weight) in [(first, 40), (third, 50)] {
        assert_eq!(heft::call(&caller, stone).await.expect("its weight"), weight);
    }
    match lift::call(&caller, 101).await {
        Err(CallError::Error { message }) => assert!(message.contains("larger than the shelf"), "{message}"),
        other => panic!("expected ERROR, got {other:?}"),
    }
    assert_eq!(app.handle().shelf().iter().map(|drawer| drawer.bytes).collect::<Vec<_>>(), [40, 50]);
    // Those of one return do not make room for each other, and what nobody is told of is not kept.
    match lift_many::call(&caller, vec![60, 60]).await {
        Err(CallError::Error { message }) => assert!(message.contains("no room on the shelf"), "{message}"),
        other => panic!("expected ERROR, got {other:?}"),
    }
    until("the first is taken back", || app.handle().shelf().is_empty()).await;
    assert_eq!(lift_many::call(&caller, vec![30, 30]).await.expect("two drawers").len(), 2);
    // What a function called is in this memory too.
    assert_eq!(lift_and_heft::call(&caller, 10).await.expect("twice"), 20);
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn functions_of_an_extension_are_found_and_called_like_others() {
    let server = server(&["provider", "caller"]).await;
    let mut library = rekuest::Registry::new();
    library.add(Function::blocking("of_the_library", [], || 7_i64)).expect("a function");
    let app =
        App::new("provider").function(Function::blocking("own", [], || 1_i64)).extension("stage", library);
    assert_eq!(app.functions().expect("they fit").count(), 2);
    let app = started(app, &server).await;
    let caller = client(&server, "caller").await;
    for (interface, expected) in [("of_the_library", 7), ("own", 1)] {
        let action = caller.find("provider", interface).await.expect("the action");
        assert_eq!(action.call::<i64>(args! {}).await.expect("it"), expected);
    }
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}
