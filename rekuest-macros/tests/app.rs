//! Contexts, states, hooks and declared functions at work, and not a word of lints about any of it.
#![deny(warnings, missing_docs, unreachable_pub, rust_2018_idioms, clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context as Waking, Poll, Waker};

use rekuest_core::__private::BoxFuture;
use rekuest_core::caller::{CallEvents, CallRequest, CallTarget};
use rekuest_core::hook::{Direction, OnFailure, in_order};
use rekuest_core::injected::Needed;
use rekuest_core::invocation::{Host, Job};
use rekuest_core::message::Assign;
use rekuest_core::{
    CallError, Callable, Caller, Contexts, Ctx, Execution, Failure, Function, Hooks, Invocation, JsonWriter,
    PortType, ReadOnly, State, StateType, Stop, Task,
};
use rekuest_macros::{Context, Model, State, background, declare, register, shutdown, startup};
use serde_json::value::RawValue;
use serde_json::{Value, json};

// What generated code finds under the name of the facade.
extern crate self as rekuest;
#[doc(hidden)]
pub use rekuest_core as __core;

/// A stage.
#[derive(Debug, Context)]
#[context(group = "stage")]
struct Stage {
    moves: AtomicI64,
}

/// A context of whatever type.
#[derive(Debug, Context)]
struct Held<T>(T);

/// Where the stage stands: a state, and a model as well.
#[derive(Debug, Clone, PartialEq, State, Model)]
#[state(group = "axes")]
struct Position {
    /// In micrometers.
    x: f64,
    #[port(default = "home")]
    place: String,
    seen: Vec<i64>,
}

#[derive(Debug, Clone, State)]
#[state(name = "Empty")]
struct Nothing {}

/// Moves the stage.
#[register(group = "hands")]
fn shift(stage: Ctx<Stage>, position: State<Position>, by: f64) -> f64 {
    stage.moves.fetch_add(1, Ordering::Relaxed);
    position.update(|position| {
        position.x += by;
        position.x
    })
}

/// Looks where the stage stands.
#[register]
async fn look(stage: ReadOnly<Ctx<Stage>>, position: ReadOnly<State<Position>>) -> (i64, f64) {
    std::future::ready(()).await;
    (stage.moves.load(Ordering::Relaxed), position.read().x)
}

/// Moves the stage out of turn.
#[register(ungrouped)]
fn nudge(held: Ctx<Held<u8>>, stage: Ctx<Stage>, position: State<Position>) -> i64 {
    position.update(|position| position.x += 0.1);
    stage.moves.load(Ordering::Relaxed) + i64::from(held.0)
}

fn app() -> Contexts {
    let mut app = Contexts::default();
    assert!(app.insert(Stage { moves: AtomicI64::new(0) }));
    assert!(app.insert(Held(7_u8)));
    assert!(app.insert_state(Position { x: 1.0, place: "here".to_owned(), seen: vec![1] }));
    app
}

/// Runs one function in an app.
struct Run {
    assign: Assign,
    app: Contexts,
    yielded: Mutex<Vec<Value>>,
    changed: Mutex<Vec<(&'static str, u64)>>,
    called: Mutex<Vec<CallRequest>>,
}

impl Run {
    fn of(assign: Assign, app: Contexts) -> Arc<Self> {
        let (yielded, changed, called) = Default::default();
        Arc::new(Self { assign, app, yielded, changed, called })
    }

    fn function(function: &Function, args: &Value, app: &Contexts) -> (Arc<Self>, Result<Value, Failure>) {
        let args = RawValue::from_string(args.to_string()).expect("JSON");
        let run = Self::of(Assign::new(function.interface(), "1", args), app.clone());
        let ended = now(function.run(Invocation::new(Arc::clone(&run) as Arc<dyn Host>)));
        let yielded = run.yielded.lock().expect("no panic").pop();
        (run, ended.map(|()| yielded.expect("it yields")))
    }

    fn changed(&self) -> Vec<(&'static str, u64)> {
        self.changed.lock().expect("no panic").clone()
    }
}

impl Host for Run {
    fn assign(&self) -> &Assign {
        &self.assign
    }

    fn contexts(&self) -> &Contexts {
        &self.app
    }

    fn spawn_blocking(&self, job: Job) {
        job();
    }

    fn spawn(&self, work: BoxFuture<'static, ()>) {
        now(work);
    }

    fn yields(&self, returns: Box<RawValue>) -> BoxFuture<'_, Result<(), Failure>> {
        self.yielded.lock().expect("no panic").push(serde_json::from_str(returns.get()).expect("JSON"));
        Box::pin(std::future::ready(Ok(())))
    }

    fn changed(&self, state: Arc<dyn rekuest_core::injected::AnyState>, version: u64) {
        self.changed.lock().expect("no panic").push((state.name(), version));
    }

    fn call(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        self.called.lock().expect("no panic").push(request);
        Box::pin(std::future::ready(Err(CallError::Refused("it was asked".to_owned()))))
    }

    fn dependencies(&self) -> &[rekuest_core::Dependency] {
        acquire::IMPLEMENTATION.dependencies
    }
}

/// What a future comes to that waits for nothing.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Waking::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here waits"),
    }
}

fn written<T: StateType>(state: T) -> Value {
    let (mut out, app) = (JsonWriter::new(), Contexts::default());
    now(state.shrink_state(&mut out, &app)).expect("it has JSON");
    serde_json::from_str(out.as_str()).expect("JSON")
}

fn read<T: StateType>(value: &Value) -> Result<T, String> {
    let value = RawValue::from_string(value.to_string()).expect("JSON");
    now(T::expand_state(&value, &Contexts::default())).map_err(|error| error.to_string())
}

#[test]
fn the_fields_of_a_state_are_its_ports() {
    let ports = serde_json::to_value(Position::PORTS).expect("ports");
    assert_eq!((Position::NAME, Nothing::NAME), ("Position", "Empty"));
    assert_eq!(ports[0]["description"], "In micrometers.");
    assert_eq!((&ports[1]["default"], &ports[1]["nullable"]), (&json!("home"), &json!(false)));
    assert_eq!(ports[2]["children"][0]["kind"], "INT");
    assert_eq!(serde_json::to_value(Position::PORT).expect("a port")["children"], ports);
    assert!(Nothing::PORTS.is_empty());
}

#[test]
fn a_state_is_read_and_written_by_its_fields() {
    let position = Position { x: 2.0, place: "there".to_owned(), seen: vec![] };
    assert_eq!(written(position.clone()), json!({"x": 2.0, "place": "there", "seen": []}));
    assert_eq!(read(&json!({"x": 2.0, "place": "there", "seen": []})), Ok(position));
    assert_eq!(read::<Position>(&json!({"x": 1, "seen": [3]})).map(|read| read.place), Ok("home".to_owned()));
    assert_eq!(
        read::<Position>(&json!({"x": "far", "seen": []})).expect_err("no number"),
        "x: expected FLOAT, got \"far\""
    );
    assert_eq!(written(Nothing {}), json!({}));
}

#[test]
fn functions_take_contexts_and_states_that_are_no_ports() {
    let app = app();
    let (run, moved) = Run::function(&Function::from(&shift::IMPLEMENTATION), &json!({"by": 2.5}), &app);
    assert_eq!(moved, Ok(json!({"return0": 3.5})));
    assert_eq!(run.changed(), [("Position", 1)], "what it changed is to be known before it yields");
    let (run, seen) = Run::function(&Function::from(&look::IMPLEMENTATION), &json!({}), &app);
    assert_eq!(seen, Ok(json!({"return0": 1, "return1": 3.5})));
    assert!(run.changed().is_empty());
    let definition = shift::DEFINITION.to_buf().expect("a definition");
    assert_eq!(definition.args.iter().map(|port| port.key.as_str()).collect::<Vec<_>>(), ["by"]);
    assert!(definition.stateful);
    assert!(look::DEFINITION.to_buf().expect("a definition").stateful);
}

#[test]
fn a_function_is_in_the_groups_of_what_it_changes() {
    let groups = |function: Function| function.groups().into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(groups((&shift::IMPLEMENTATION).into()), ["axes", "hands", "stage"]);
    assert!(groups((&look::IMPLEMENTATION).into()).is_empty());
    assert!(groups((&nudge::IMPLEMENTATION).into()).is_empty());
}

#[test]
fn what_a_function_needs_is_known_before_it_runs() {
    let needs = |function: Function| function.needs().map(|need| need.to_string()).collect::<Vec<_>>();
    assert_eq!(needs((&look::IMPLEMENTATION).into()), ["context `app::Stage`", "state `app::Position`"]);
    let nothing = Contexts::default();
    let (_, failed) = Run::function(&Function::from(&look::IMPLEMENTATION), &json!({}), &nothing);
    assert_eq!(
        failed,
        Err(Failure::Failed(
            "the app has no context `app::Stage`; return it from a `#[startup]` function, or give it to `App::context`"
                .to_owned()
        ))
    );
}

#[test]
fn the_plain_function_can_be_called_with_values_of_its_own() {
    let position = State::new(Position { x: 0.0, place: String::new(), seen: vec![] });
    let stage = Ctx::from(Stage { moves: AtomicI64::new(3) });
    assert_eq!(nudge(Ctx::from(Held(1)), stage, position.clone()), 4);
    assert!((position.read().x - 0.1).abs() < 1e-9);
    assert!(position.blocking_publish(), "nobody has to be told");
}

#[test]
fn no_update_is_lost() {
    let position = State::new(Position { x: 0.0, place: String::new(), seen: vec![] });
    std::thread::scope(|scope| {
        for number in 0..16 {
            let position = position.clone();
            scope.spawn(move || {
                for _ in 0..200 {
                    position.update(|position| position.x += 1.0);
                    position.update(|position| position.seen.push(number));
                }
            });
        }
    });
    let position = position.read();
    assert!((position.x - 3_200.0).abs() < 1e-9);
    assert_eq!(position.seen.len(), 3_200);
}

#[test]
fn an_update_that_fails_or_panics_changes_nothing() {
    let position = State::new(Position { x: 1.0, place: String::new(), seen: vec![] });
    let failed: Result<(), &str> = position.try_update(|position| {
        position.x = 5.0;
        Err("too far")
    });
    assert_eq!(failed, Err("too far"));
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        position.update(|position| {
            position.x = 6.0;
            panic!("in the middle");
        });
    }));
    assert!(panicked.is_err());
    assert!((position.read().x - 1.0).abs() < 1e-9);
    position.update(|position| position.x = 2.0);
    assert!((position.read().x - 2.0).abs() < 1e-9, "it can be updated after it");
}

#[test]
fn an_update_can_read_and_not_update_the_same_state() {
    let position = State::new(Position { x: 1.0, place: String::new(), seen: vec![] });
    position.update(|new| {
        new.x += 1.0;
        assert!((position.read().x - 1.0).abs() < 1e-9, "others read the value before");
    });
    let inner = position.clone();
    let panicked =
        catch_unwind(AssertUnwindSafe(|| position.update(|_| inner.update(|inner| inner.x = 9.0))));
    let message = panicked.expect_err("it would wait for itself");
    let message = message.downcast_ref::<String>().expect("a message");
    assert!(message.starts_with("the state `Position` is updated inside of its own update"), "{message}");
    assert!((position.read().x - 2.0).abs() < 1e-9);
}

#[startup(after = [warm_up])]
fn connect(instance: &str) -> Result<(Stage, Position), String> {
    match instance {
        "broken" => Err("no such port".to_owned()),
        _ => Ok((
            Stage { moves: AtomicI64::new(0) },
            Position { x: 0.0, place: instance.to_owned(), seen: vec![] },
        )),
    }
}

#[startup(timeout = 0.5)]
async fn warm_up(_instance: String) -> Held<u8> {
    std::future::ready(()).await;
    Held(1)
}

#[background(on_failure = stop)]
async fn watch(position: State<Position>) -> Result<(), std::num::ParseIntError> {
    std::future::ready(()).await;
    position.update(|position| "watched".clone_into(&mut position.place));
    "x".parse::<i64>().map(drop)
}

#[background]
fn poll(stop: Stop, stage: ReadOnly<Ctx<Stage>>) {
    assert!(!stop.is_requested());
    stage.moves.fetch_add(10, Ordering::Relaxed);
}

#[shutdown]
fn park(position: State<Position>) {
    position.update(|position| "parked".clone_into(&mut position.place));
}

#[test]
fn hooks_are_linked_and_run_in_their_order() {
    let hooks = Hooks::linked();
    let order = in_order(&hooks.startup, Direction::ByName).expect("an order");
    let names: Vec<&str> = order.iter().map(|hook| hook.about.name).collect();
    assert_eq!(names, ["warm_up", "connect"]);
    assert_eq!(order[0].timeout.as_millis(), 500);
    assert_eq!((order[0].about.execution, order[1].about.execution), (Execution::Async, Execution::Blocking));
    let given: Vec<Needed> = order.iter().flat_map(|hook| (hook.provides)()).collect();
    assert_eq!(
        given.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["context `app::Held<u8>`", "context `app::Stage`", "state `app::Position`"]
    );
    let mut app = Contexts::default();
    for hook in order {
        app.merge(now((hook.run)("left".to_owned())).expect("it starts")).expect("each is given once");
    }
    let position = app.state::<Position>().expect("it was given");
    assert_eq!(position.read().place, "left");
    assert_eq!(
        now((connect::HOOK.run)("broken".to_owned())).expect_err("no port"),
        "no such port",
        "a startup function says why it failed"
    );

    assert_eq!(now((watch::HOOK.run)(app.clone())).expect_err("it fails"), "invalid digit found in string");
    assert_eq!(position.read().place, "watched");
    assert_eq!((watch::HOOK.on_failure, poll::HOOK.on_failure), (OnFailure::Stop, OnFailure::Restart));
    now((poll::HOOK.run)(app.clone())).expect("it ends");
    assert_eq!(app.get::<Stage>().expect("it was given").moves.load(Ordering::Relaxed), 10);
    now((park::HOOK.run)(app)).expect("it ends");
    assert_eq!(position.read().place, "parked");
}

/// Brings the image into focus.
#[declare]
fn autofocus(image: String, range: Option<f64>) -> f64;

#[declare(hash = "5e45dba65a8cbf15587c61699bf2a4094e2ffc9ffd45e1eb172ca9681f7aeb44", key = "adding")]
fn add(a: i64, b: i64) -> i64;

#[declare(name = "Light up")]
fn light();

/// Takes an image.
#[register(dependencies = [autofocus, optional(add), shift])]
async fn acquire(task: Task) -> Result<f64, CallError> {
    autofocus::call(&task, "1".to_owned(), None).await
}

fn sent(function: &Function) -> Value {
    serde_json::to_value(function).expect("it has JSON")["dependencies"].clone()
}

#[test]
fn dependencies_are_sent_with_what_they_have_to_be_like() {
    let sent = sent(&Function::from(&acquire::IMPLEMENTATION));
    assert_eq!(
        sent[0],
        json!({
            "key": "autofocus", "hash": null, "name": null, "description": null, "protocols": null,
            "argMatches": [
                {"at": 0, "key": "image", "kind": "STRING", "identifier": null, "nullable": null, "children": []},
                {"at": 1, "key": "range", "kind": "FLOAT", "identifier": null, "nullable": true, "children": []},
            ],
            "returnMatches": [
                {"at": 0, "key": null, "kind": "FLOAT", "identifier": null, "nullable": false, "children": []},
            ],
            "forceArgLength": 2, "forceReturnLength": 1, "optional": false, "allowInactive": true,
        })
    );
    assert_eq!(
        (&sent[1]["key"], &sent[1]["hash"], &sent[1]["optional"]),
        (
            &json!("adding"),
            &json!("5e45dba65a8cbf15587c61699bf2a4094e2ffc9ffd45e1eb172ca9681f7aeb44"),
            &json!(true)
        )
    );
    let hash = shift::DEFINITION.to_buf().expect("a definition").hash();
    assert_eq!((&sent[2]["key"], &sent[2]["hash"]), (&json!("shift"), &json!(hash)));
}

fn task(dependencies: BTreeMap<String, String>) -> (Task, Arc<Run>) {
    let args = RawValue::from_string("{}".to_owned()).expect("JSON");
    let assign = Assign { dependencies, ..Assign::new("acquire", "7", args) };
    let run = Run::of(assign, app());
    (Invocation::new(Arc::clone(&run) as Arc<dyn Host>).task(), run)
}

#[test]
fn a_call_on_the_task_is_run_by_what_the_server_chose_and_a_part_of_it() {
    let (task, run) = task(BTreeMap::from([("autofocus".to_owned(), "41".to_owned())]));
    assert!(task.is_given("autofocus") && !task.is_given("adding"));
    let refused = now(async { autofocus::call(&task, "1".to_owned(), Some(2.0)).dependency("x", "5").await });
    assert!(matches!(refused, Err(CallError::Refused(_))), "{refused:?}");
    let request = run.called.lock().expect("no panic").pop().expect("it was called");
    assert_eq!(request.target, CallTarget::Implementation("41".to_owned()));
    assert_eq!(request.args.get(), r#"{"image":"1","range":2.0}"#);
    assert_eq!(request.options.parent.as_deref(), Some("7"));
    assert_eq!(request.options.dependencies, BTreeMap::from([("x".to_owned(), "5".to_owned())]));
}

#[test]
fn a_dependency_that_was_not_given_says_so() {
    let (task, run) = task(BTreeMap::new());
    let said = |error: CallError| error.to_string();
    assert_eq!(
        now(async { autofocus::call(&task, String::new(), None).await }).map_err(said),
        Err("there is no implementation for the dependency `autofocus`: the server did not tell one when it assigned this"
            .to_owned())
    );
    assert_eq!(
        now(async { add::call(&task, 1, 2).await }).map_err(said),
        Err("there is no implementation for the dependency `adding`: it is optional, and nobody provided it when this was \
             called; ask `Task::is_given` first"
            .to_owned())
    );
    assert_eq!(
        now(async { light::call(&task).await }).map_err(said),
        Err("there is no implementation for the dependency `light`: `acquire` does not name it; write \
             `#[register(dependencies = [light])]`"
            .to_owned())
    );
    assert!(run.called.lock().expect("no panic").is_empty(), "nothing was called");
    // A function that is registered here too is found by its hash, as a client does.
    let refused = now(async { look::call(&task).await });
    assert!(matches!(refused, Err(CallError::Refused(_))), "{refused:?}");
    let request = run.called.lock().expect("no panic").pop().expect("it was called");
    let CallTarget::Function(function) = request.target else { panic!("{:?}", request.target) };
    assert_eq!(function.demand.hash, Some(look::DEFINITION.to_buf().expect("a definition").hash()));
}

#[test]
fn a_declared_function_is_asked_for_as_it_is_declared() {
    assert_eq!(autofocus::DEPENDENCY.key(), "autofocus");
    let fits = autofocus::DEPENDENCY.demand().to_buf().expect("it has JSON");
    let like = Function::blocking("focus", ["image", "range"], |_: String, _: Option<f64>| 1.0_f64);
    let other = Function::blocking("focus", ["image", "range"], |_: String, range: f64| range);
    let definition = |function: &Function| function.definition().expect("a definition");
    assert!(fits.fits("any", &definition(&like)));
    assert!(!fits.fits("any", &definition(&other)), "it does not take null");
    let client: &dyn Caller = &task(BTreeMap::new()).0;
    drop(light::call(client));
}
