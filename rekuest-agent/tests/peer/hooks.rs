//! Hooks: what an app makes at its start, what runs beside it, what it does at its end, and what is said of all that.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rekuest_agent::{Agent, AgentError, AgentPhase, CompositionError};
use rekuest_core::{Contexts, Ctx, Function, Hook, Hooks, ReadOnly, Registry, State, Stop};
use rekuest_macros::{Context, State, background, register, shutdown, startup};
use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::scripted::{Peer, TestAgent, soon};

/// Where hooks tell what they do.
#[derive(Context)]
struct Diary(UnboundedSender<&'static str>);

impl Diary {
    fn note(&self, what: &'static str) {
        // Whoever reads may be gone.
        let _ = self.0.send(what);
    }
}

fn diary() -> (Contexts, UnboundedReceiver<&'static str>) {
    let (sender, notes) = unbounded_channel();
    let mut app = Contexts::default();
    app.insert(Diary(sender));
    (app, notes)
}

/// What a startup function makes.
#[derive(Debug, Context)]
struct Stage {
    port: String,
}

/// What another one makes of it.
#[derive(Debug, Clone, State)]
struct Position {
    x: f64,
}

#[startup]
fn connect(instance: &str) -> Stage {
    Stage { port: format!("port of {instance}") }
}

#[startup(after = [connect])]
async fn at_home() -> Result<Position, String> {
    tokio::task::yield_now().await;
    Ok(Position { x: 1.5 })
}

#[startup]
fn connect_again() -> (Stage, Position) {
    (Stage { port: String::new() }, Position { x: 0.0 })
}

#[startup]
fn breaks() -> Result<Position, std::num::ParseIntError> {
    "x".parse::<i64>().map(|_| Position { x: 0.0 })
}

#[startup]
async fn panics() -> Position {
    panic!("no stage at all")
}

#[startup(timeout = 0.05)]
async fn hangs() -> Position {
    std::future::pending().await
}

#[startup(after = [second])]
fn first() {}

#[startup(after = [first])]
fn second() {}

#[background]
async fn watch(diary: Ctx<Diary>, position: State<Position>) {
    diary.note("watching");
    position.update(|position| position.x += 1.0);
    std::future::pending::<()>().await;
}

#[background]
fn poll(diary: Ctx<Diary>, stop: Stop) {
    diary.note("polling");
    while !stop.wait(Duration::from_secs(60)) {}
    diary.note("polled");
}

#[background]
fn fails(diary: Ctx<Diary>) -> Result<(), String> {
    diary.note("trying");
    Err("no luck".to_owned())
}

/// Whether what keeps its thread is to leave it.
static LEAVE: AtomicBool = AtomicBool::new(false);

/// Lets it leave, however the test ends: the runtime waits for its threads.
struct Leaves;

impl Drop for Leaves {
    fn drop(&mut self) {
        LEAVE.store(true, Ordering::SeqCst);
    }
}

#[background]
async fn keeps_its_thread(diary: Ctx<Diary>) {
    diary.note("keeping");
    while !LEAVE.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[background(on_failure = stop)]
async fn is_vital(diary: Ctx<Diary>) {
    diary.note("vital");
    panic!("it was vital");
}

#[shutdown]
fn a_park(diary: Ctx<Diary>, position: State<Position>) {
    position.update(|position| position.x = 0.0);
    diary.note("parked");
}

#[shutdown]
async fn b_dark(diary: Ctx<Diary>) -> Result<(), String> {
    diary.note("dark");
    Err("the lamp is stuck".to_owned())
}

#[shutdown(timeout = 0.05)]
async fn c_hangs(diary: Ctx<Diary>) {
    diary.note("hanging");
    std::future::pending::<()>().await;
}

#[shutdown]
fn d_disconnect(diary: Ctx<Diary>, _stage: Ctx<Stage>) {
    diary.note("disconnected");
}

/// Where it is connected, and where it stands.
#[register]
fn whereabouts(stage: Ctx<Stage>, position: ReadOnly<State<Position>>) -> (String, f64) {
    (stage.port.clone(), position.read().x)
}

fn hooks(each: impl IntoIterator<Item = Hook>) -> Hooks {
    let mut hooks = Hooks::new();
    each.into_iter().for_each(|hook| hooks.add(hook));
    hooks
}

fn agent(peer: &Peer, app: Contexts, each: impl IntoIterator<Item = Hook>) -> TestAgent {
    let functions: [Function; 0] = [];
    peer.agent_with(functions, |builder| builder.contexts(app).hooks(hooks(each)))
}

/// Why an agent with these cannot be built.
fn refused(peer: &Peer, app: Contexts, each: impl IntoIterator<Item = Hook>) -> CompositionError {
    let mut registry = Registry::new();
    registry.add((&whereabouts::IMPLEMENTATION).into()).expect("a function");
    let builder = Agent::builder(registry, Arc::new(peer.access().clone())).contexts(app).hooks(hooks(each));
    match builder.build() {
        Err(AgentError::Composition(error)) => error,
        other => panic!("expected an error, got {other:?}"),
    }
}

async fn noted(notes: &mut UnboundedReceiver<&'static str>) -> &'static str {
    soon("a note", notes.recv()).await.expect("the agent lives")
}

/// All that is noted until the agent is gone.
async fn rest(notes: &mut UnboundedReceiver<&'static str>) -> Vec<&'static str> {
    let mut rest = Vec::new();
    soon("the end", async {
        while let Some(note) = notes.recv().await {
            rest.push(note);
        }
    })
    .await;
    rest
}

#[tokio::test]
async fn startup_functions_make_what_functions_take_before_the_agent_is_registered() {
    let mut peer = Peer::start().await;
    let function: Function = (&whereabouts::IMPLEMENTATION).into();
    let agent = peer.agent_with([function], |builder| {
        builder.instance_id("left").hooks(hooks([(&at_home::HOOK).into(), (&connect::HOOK).into()]))
    });
    let mut socket = peer.connection(&[]).await;
    assert_eq!(peer.states().registrations()[0][0]["initial"], json!({"x": 1.5}));
    socket.assign("1", "whereabouts", json!({})).await;
    assert_eq!(
        socket.receive_type("YIELD").await["returns"],
        json!({"return0": "port of left", "return1": 1.5})
    );
    assert_eq!(agent.handle.context::<Stage>().expect("it was made").port, "port of left");
}

#[tokio::test]
async fn what_is_missing_is_named_with_who_needs_it_before_anything_runs() {
    let peer = Peer::start().await;
    let missing = refused(&peer, Contexts::default(), [(&at_home::HOOK).into()]).to_string();
    assert!(missing.starts_with("the function `whereabouts` ("), "{missing}");
    assert!(missing.contains(
        "takes the context `peer::hooks::Stage`, which nothing gives; return it from a `#[startup]`"
    ));
    let (app, _notes) = diary();
    let missing = refused(&peer, app, [(&connect::HOOK).into(), (&a_park::HOOK).into()]).to_string();
    assert!(missing.contains("takes the state `peer::hooks::Position`, which nothing gives"), "{missing}");
    let all = [(&connect::HOOK).into(), (&at_home::HOOK).into(), (&poll::HOOK).into()];
    let missing = refused(&peer, Contexts::default(), all).to_string();
    assert!(missing.starts_with("the background function `poll` ("), "{missing}");
}

#[tokio::test]
async fn what_is_given_twice_is_named_with_both_who_give_it() {
    let peer = Peer::start().await;
    let twice = [(&connect::HOOK).into(), (&connect_again::HOOK).into()];
    let twice = refused(&peer, Contexts::default(), twice).to_string();
    assert!(
        twice.starts_with(
            "the context `peer::hooks::Stage` is given twice, by the startup function `connect` ("
        )
    );
    assert!(twice.contains("and by the startup function `connect_again` ("), "{twice}");
    let mut app = Contexts::default();
    app.insert_state(Position { x: 0.0 });
    let twice = refused(&peer, app, [(&connect::HOOK).into(), (&at_home::HOOK).into()]).to_string();
    assert!(
        twice.contains("is given twice, by `App::state` and by the startup function `at_home` ("),
        "{twice}"
    );
}

#[tokio::test]
async fn hooks_that_come_after_each_other_are_an_error() {
    let peer = Peer::start().await;
    let circle = refused(&peer, Contexts::default(), [(&first::HOOK).into(), (&second::HOOK).into()]);
    assert!(matches!(circle, CompositionError::CircularHooks(_)));
    let circle = circle.to_string();
    assert!(circle.starts_with("the hooks `first` (") && circle.contains("`second` ("), "{circle}");
}

#[tokio::test]
async fn a_startup_function_that_does_not_succeed_ends_the_agent_and_what_was_made_is_taken_down() {
    let peer = Peer::start().await;
    let failing: [(Hook, &str); 3] = [
        ((&breaks::HOOK).into(), "failed: invalid digit found in string"),
        ((&hangs::HOOK).into(), "failed: it did not end within 50ms"),
        ((&panics::HOOK).into(), "failed: the function panicked: no stage at all"),
    ];
    for (failing, reason) in failing {
        let (app, mut notes) = diary();
        let each = [failing, (&a_park::HOOK).into(), (&b_dark::HOOK).into()];
        let error = agent(&peer, app, each).ended().await.expect_err("it cannot start");
        assert!(matches!(error, AgentError::Startup { .. }));
        assert!(error.to_string().ends_with(reason), "{error}");
        assert_eq!(rest(&mut notes).await, ["dark"], "what takes what was not made is left out");
    }
    assert_eq!((peer.registrations(), peer.connections()), (0, 0), "nothing was registered");
}

#[tokio::test]
async fn background_functions_run_until_the_end_and_shutdown_functions_after_them() {
    let mut peer = Peer::start().await;
    let (app, mut notes) = diary();
    let each: [Hook; 8] = [
        (&connect::HOOK).into(),
        (&at_home::HOOK).into(),
        (&watch::HOOK).into(),
        (&poll::HOOK).into(),
        (&a_park::HOOK).into(),
        (&b_dark::HOOK).into(),
        (&c_hangs::HOOK).into(),
        (&d_disconnect::HOOK).into(),
    ];
    let agent = agent(&peer, app, each);
    let mut socket = peer.connection(&[]).await;
    let mut begun = [noted(&mut notes).await, noted(&mut notes).await];
    begun.sort_unstable();
    assert_eq!(begun, ["polling", "watching"]);
    crate::scripted::until("the update", || peer.states().value("Position")["x"] == 2.5).await;
    agent.handle.shutdown();
    assert_eq!(socket.closed().await, 1000);
    agent.ended().await.expect("a good end");
    assert_eq!(rest(&mut notes).await, ["polled", "disconnected", "hanging", "dark", "parked"]);
    assert_eq!(peer.states().value("Position"), json!({"x": 0.0}), "the end is told too");
}

#[tokio::test]
async fn a_background_function_that_fails_is_started_again() {
    let mut peer = Peer::start().await;
    let (app, mut notes) = diary();
    let agent = agent(&peer, app, [(&fails::HOOK).into()]);
    let mut socket = peer.connection(&[]).await;
    for _ in 0..3 {
        assert_eq!(noted(&mut notes).await, "trying");
    }
    socket.assert_silent().await;
    assert_eq!(agent.handle.status().phase, AgentPhase::Ready);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_background_function_that_keeps_its_thread_does_not_keep_the_agent_from_ending() {
    let mut peer = Peer::start().await;
    let _leaves = Leaves;
    let (app, mut notes) = diary();
    let agent = agent(&peer, app, [(&keeps_its_thread::HOOK).into(), (&b_dark::HOOK).into()]);
    let mut socket = peer.connection(&[]).await;
    assert_eq!(noted(&mut notes).await, "keeping");
    agent.handle.shutdown();
    assert_eq!(socket.closed().await, 1000);
    agent.ended().await.expect("a good end");
    assert_eq!(noted(&mut notes).await, "dark");
}

#[tokio::test]
async fn a_background_function_that_is_vital_ends_the_agent_when_it_fails() {
    let peer = Peer::start().await;
    let (app, mut notes) = diary();
    let agent = agent(&peer, app, [(&is_vital::HOOK).into(), (&b_dark::HOOK).into()]);
    let error = agent.ended().await.expect_err("it failed");
    assert!(matches!(&error, AgentError::Background { name: "is_vital", .. }));
    assert!(error.to_string().ends_with("failed: the function panicked: it was vital"), "{error}");
    assert_eq!(rest(&mut notes).await, ["vital", "dark"]);
}

#[tokio::test]
async fn an_agent_that_is_asked_to_end_while_it_starts_ends() {
    let peer = Peer::start().await;
    let (app, mut notes) = diary();
    let agent = agent(&peer, app, [(&never_starts::HOOK).into(), (&b_dark::HOOK).into()]);
    crate::scripted::until("the start", || agent.handle.status().phase == AgentPhase::Starting).await;
    agent.handle.shutdown();
    agent.ended().await.expect("a good end");
    assert_eq!(rest(&mut notes).await, ["dark"]);
}

#[startup(timeout = 3600)]
async fn never_starts() {
    std::future::pending::<()>().await;
}
