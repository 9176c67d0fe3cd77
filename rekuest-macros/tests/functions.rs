//! Registered functions at work: arguments in, returns out, calls written, and not a word of lints about any of it.
#![deny(warnings, missing_docs, unreachable_pub, rust_2018_idioms, clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use rekuest_core::__private::{BoxFuture, Stream as _};
use rekuest_core::caller::{CallEvents, CallRequest};
use rekuest_core::invocation::{Host, Job};
use rekuest_core::message::Assign;
use rekuest_core::registered::written;
use rekuest_core::{
    CallError, Caller, Contexts, Execution, Failure, Function, Implementation, Invocation,
    RegisteredFunction, Task,
};
use rekuest_macros::register;
use serde_json::value::RawValue;

// What generated code finds under the name of the facade.
extern crate self as rekuest;
#[doc(hidden)]
pub use rekuest_core as __core;

/// Scale
///
/// Scales values.
///
/// # Arguments
/// * `values` - the values
/// * `by` - the factor
#[register]
#[must_use]
pub fn scale(
    values: Vec<f64>,
    #[port(default = 2.0)] by: f64,
    #[port(default = "m")] unit: String,
) -> (Vec<f64>, String) {
    (values.into_iter().map(|value| value * by).collect(), unit)
}

/// Divide
///
/// # Errors
/// When the divisor is zero.
#[register]
pub(crate) async fn divide(dividend: i64, divisor: i64) -> Result<i64, std::num::TryFromIntError> {
    std::future::ready(()).await;
    match dividend.checked_div(divisor) {
        Some(quotient) => Ok(quotient),
        None => u8::try_from(-1).map(i64::from),
    }
}

/// Where the function below stands: its own line, not that of its attribute.
const LINE_OF_PANICS: u32 = line!() + 4;

/// Panics
#[register]
fn panics(message: Option<String>) {
    if let Some(message) = message {
        panic!("{message}");
    }
}

/// Counts
#[register(interface = "count_all")]
fn counts(words: BTreeMap<String, u32>) -> u32 {
    words.into_values().sum()
}

/// Many
#[register]
#[allow(clippy::too_many_arguments, clippy::many_single_char_names, clippy::fn_params_excessive_bools)]
fn many(
    a: i8,
    b: u8,
    c: i16,
    d: u16,
    e: bool,
    f: bool,
    g: bool,
    h: bool,
    i: f32,
    #[port(default = 1)] j: usize,
) -> usize {
    let _ = (a, b, c, d, e, f, g, h, i);
    j
}

/// Scan
///
/// # Arguments
/// * `task` - is no port, and may be described for who reads this
#[register(concurrency = 2, group = "stage")]
async fn scan(planes: u32, task: Task, #[port(default = 1)] step: u32) -> Result<String, String> {
    std::future::ready(()).await;
    let steps = planes.checked_div(step).ok_or("a step of nothing")?;
    Ok(format!("{steps} steps of {} for {}", task.interface(), task.id()))
}

/// How many at once, computed.
const AT_ONCE: usize = 1 + 2;

/// Scan many
#[register(concurrency = AT_ONCE)]
fn scan_many(task: rekuest_core::Task, planes: u32) -> impl Iterator<Item = String> {
    (0..planes).map(move |plane| format!("{plane} for {}", task.id()))
}

/// Two tasks
#[register]
fn two_tasks(one: Task, other: Task, _: Task) -> bool {
    [one, other].iter().any(Task::cancelled)
}

/// Keeps what is yielded.
struct Yields {
    assign: Assign,
    contexts: Contexts,
    yielded: Mutex<Vec<String>>,
}

impl Host for Yields {
    fn assign(&self) -> &Assign {
        &self.assign
    }

    fn contexts(&self) -> &Contexts {
        &self.contexts
    }

    fn spawn_blocking(&self, job: Job) {
        job();
    }

    fn spawn(&self, work: BoxFuture<'static, ()>) {
        now(work);
    }

    fn yields(&self, returns: Box<RawValue>) -> BoxFuture<'_, Result<(), Failure>> {
        self.yielded.lock().expect("nobody panicked here").push(returns.get().to_owned());
        Box::pin(std::future::ready(Ok(())))
    }
}

/// Everything here is ready at once.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future waits for something"),
    }
}

/// Runs a function with these arguments.
fn run(implementation: &'static Implementation, args: &str) -> Result<Vec<String>, Failure> {
    let args = RawValue::from_string(args.to_owned()).expect("the arguments are JSON");
    let host = Arc::new(Yields {
        assign: Assign::new(implementation.interface, "7", args),
        contexts: Contexts::default(),
        yielded: Mutex::default(),
    });
    now(Function::from(implementation).run(Invocation::new(host.clone())))?;
    let yielded = host.yielded.lock().expect("nobody panicked here").clone();
    Ok(yielded)
}

#[test]
fn arguments_are_read_and_returns_written() {
    let yielded = run(&scale::IMPLEMENTATION, r#"{"values": [1, 2.5], "by": 3, "unit": "s"}"#);
    assert_eq!(yielded, Ok(vec![r#"{"return0":[3.0,7.5],"return1":"s"}"#.to_owned()]));
    let yielded = run(&divide::IMPLEMENTATION, r#"{"divisor": 2, "dividend": 6}"#);
    assert_eq!(yielded, Ok(vec![r#"{"return0":3}"#.to_owned()]));
    assert_eq!(run(&panics::IMPLEMENTATION, "{}"), Ok(vec!["{}".to_owned()]));
}

#[test]
fn what_is_missing_or_null_is_the_default() {
    let yielded = run(&scale::IMPLEMENTATION, r#"{"values": [1], "unit": null}"#);
    assert_eq!(yielded, Ok(vec![r#"{"return0":[2.0],"return1":"m"}"#.to_owned()]));
}

#[test]
fn arguments_that_do_not_fit_are_named() {
    let failure = |args| run(&scale::IMPLEMENTATION, args).map_err(|failure| failure.to_string());
    assert_eq!(failure("{}"), Err("values: missing, expected LIST".to_owned()));
    assert_eq!(failure(r#"{"values": [1, true]}"#), Err("values[1]: expected FLOAT, got true".to_owned()));
    assert_eq!(failure(r#"{"values": [], "by": "x"}"#), Err("by: expected FLOAT, got \"x\"".to_owned()));
    assert!(matches!(run(&scale::IMPLEMENTATION, "[]"), Err(Failure::Arguments(_))));
}

#[test]
fn errors_are_failures() {
    let failure = run(&divide::IMPLEMENTATION, r#"{"dividend": 1, "divisor": 0}"#);
    assert_eq!(failure, Err(Failure::Failed("out of range integral type conversion attempted".to_owned())));
}

/// Refuses every call, and keeps what was to be sent.
#[derive(Default)]
struct Refuses {
    contexts: Contexts,
    args: Mutex<Vec<String>>,
}

impl Caller for Refuses {
    fn start(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        self.args.lock().expect("nobody panicked here").push(request.args.get().to_owned());
        Box::pin(std::future::ready(Err(CallError::Refused("by the test".to_owned()))))
    }

    fn contexts(&self) -> &Contexts {
        &self.contexts
    }
}

#[test]
fn calls_send_every_argument_in_order() {
    let caller = Refuses::default();
    now(scale::call(&caller, vec![1.0], None, None).into_future()).expect_err("it is refused");
    now(scale::call(&caller, vec![], 3.0, "s".to_owned()).into_future()).expect_err("it is refused");
    now(counts::call(&caller, BTreeMap::from([("a".to_owned(), 1)])).into_future())
        .expect_err("it is refused");
    now(panics::call(&caller, None).into_future()).expect_err("it is refused");
    let args = caller.args.lock().expect("nobody panicked here");
    assert_eq!(
        *args,
        [
            r#"{"values":[1.0],"by":null,"unit":null}"#,
            r#"{"values":[],"by":3.0,"unit":"s"}"#,
            r#"{"words":{"a":1}}"#,
            r#"{"message":null}"#
        ]
    );
}

#[test]
fn a_call_whose_arguments_have_no_json_is_not_sent() {
    let caller = Refuses::default();
    let error =
        now(scale::call(&caller, vec![f64::NAN], None, None).into_future()).expect_err("there is no JSON");
    assert_eq!(error.to_string(), "the arguments do not fit: values[0]: expected a finite FLOAT, got NaN");
    assert!(caller.args.lock().expect("nobody panicked here").is_empty());
}

#[test]
fn what_is_injected_is_given_and_is_no_port() {
    let yielded = run(&scan::IMPLEMENTATION, r#"{"planes": 6, "step": 2, "task": "ignored"}"#);
    assert_eq!(yielded, Ok(vec![r#"{"return0":"3 steps of scan for 7"}"#.to_owned()]));
    let yielded = run(&scan_many::IMPLEMENTATION, r#"{"planes": 2}"#);
    assert_eq!(
        yielded,
        Ok(vec![r#"{"return0":"0 for 7"}"#.to_owned(), r#"{"return0":"1 for 7"}"#.to_owned()])
    );
    assert_eq!(run(&two_tasks::IMPLEMENTATION, "{}"), Ok(vec![r#"{"return0":false}"#.to_owned()]));
    let keys = |implementation: &Implementation| -> Vec<&str> {
        implementation.definition.args().map(|port| port.key()).collect()
    };
    assert_eq!(keys(&scan::IMPLEMENTATION), ["planes", "step"]);
    assert_eq!(keys(&two_tasks::IMPLEMENTATION), [""; 0]);
}

#[test]
fn what_is_injected_is_not_sent() {
    let caller = Refuses::default();
    now(scan::call(&caller, 6, None).into_future()).expect_err("it is refused");
    let mut items = scan_many::stream(&caller, 3);
    let first = now(std::future::poll_fn(|context| Pin::new(&mut items).poll_next(context)));
    assert!(matches!(first, Some(Err(CallError::Refused(_)))));
    now(two_tasks::call(&caller).into_future()).expect_err("it is refused");
    let args = caller.args.lock().expect("nobody panicked here");
    assert_eq!(*args, [r#"{"planes":6,"step":null}"#, r#"{"planes":3}"#, "{}"]);
}

/// The arguments of a function that is given as a type.
fn given<F: RegisteredFunction<Sent: rekuest_core::__private::Sent>>(arguments: F::Arguments) -> String {
    now(written::<F>(arguments, &Contexts::default())).expect("they have JSON").get().to_owned()
}

#[test]
fn a_function_can_be_given_as_a_type() {
    assert_eq!(given::<scale>((vec![1.0], None, None)), r#"{"values":[1.0],"by":null,"unit":null}"#);
    assert_eq!(given::<panics>((None,)), r#"{"message":null}"#);
    assert_eq!(given::<scan>((6, Some(2))), r#"{"planes":6,"step":2}"#);
    assert_eq!(given::<two_tasks>(()), "{}");
    assert_eq!(<scan as RegisteredFunction>::IMPLEMENTATION.interface, "scan");
    let returns: [<scan as RegisteredFunction>::Returns; 1] = ["one".to_owned()];
    let items: [<scan_many as RegisteredFunction>::Returns; 1] = ["item".to_owned()];
    assert_ne!(returns, items);
}

#[test]
fn how_many_run_at_once_and_in_which_group_is_said() {
    assert_eq!(scan::IMPLEMENTATION.concurrency.map(usize::from), Some(2));
    assert_eq!(scan::IMPLEMENTATION.group, Some("stage"));
    assert_eq!(scan_many::IMPLEMENTATION.concurrency.map(usize::from), Some(3));
    assert_eq!(two_tasks::IMPLEMENTATION.concurrency, None);
    assert_eq!(two_tasks::IMPLEMENTATION.group, None);
    assert_eq!(scan::IMPLEMENTATION.execution, Execution::Async);
    assert_eq!(scan_many::IMPLEMENTATION.execution, Execution::Blocking);
}

#[test]
fn functions_stay_functions() {
    assert_eq!(scale(vec![1.0], 3.0, "m".to_owned()), (vec![3.0], "m".to_owned()));
    assert_eq!(now(divide(6, 3)).ok(), Some(2));
    assert_eq!(many(1, 2, 3, 4, true, true, true, true, 1.0, 5), 5);
}

#[test]
fn the_registry_knows_all_of_them_and_where_they_stand() {
    let registry = rekuest_core::Registry::linked().expect("no interface is given twice");
    let interfaces: Vec<&str> = registry.iter().map(Function::interface).collect();
    assert_eq!(
        interfaces,
        ["count_all", "divide", "many", "panics", "scale", "scan", "scan_many", "two_tasks"]
    );
    assert_eq!(panics::IMPLEMENTATION.location.line, LINE_OF_PANICS);
    assert!(panics::IMPLEMENTATION.location.file.ends_with("functions.rs"));
}
