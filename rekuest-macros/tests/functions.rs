//! Registered functions at work: arguments in, returns out, calls written, and not a word of lints about any of it.
#![deny(warnings, missing_docs, unreachable_pub, rust_2018_idioms, clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use rekuest_core::caller::{CallEvents, CallRequest};
use rekuest_core::invocation::{Host, Job};
use rekuest_core::{CallError, Caller, Contexts, Failure, Function, Implementation, Invocation};
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

/// Keeps what is yielded.
#[derive(Default)]
struct Yields {
    contexts: Contexts,
    yielded: Mutex<Vec<String>>,
}

impl Host for Yields {
    fn contexts(&self) -> &Contexts {
        &self.contexts
    }

    fn spawn_blocking(&self, job: Job) {
        job();
    }

    fn yields(&self, returns: Box<RawValue>) -> rekuest_core::__private::BoxFuture<'_, ()> {
        self.yielded.lock().expect("nobody panicked here").push(returns.get().to_owned());
        Box::pin(std::future::ready(()))
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
    let host = Arc::new(Yields::default());
    let args = RawValue::from_string(args.to_owned()).expect("the arguments are JSON");
    now(Function::from(implementation).run(Invocation::new(args, host.clone())))?;
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
fn errors_and_panics_are_failures() {
    let failure = run(&divide::IMPLEMENTATION, r#"{"dividend": 1, "divisor": 0}"#);
    assert_eq!(failure, Err(Failure::Failed("out of range integral type conversion attempted".to_owned())));
    let failure = run(&panics::IMPLEMENTATION, r#"{"message": "no"}"#);
    assert_eq!(failure, Err(Failure::Panicked("no".to_owned())));
}

/// Refuses every call, and keeps what was to be sent.
#[derive(Default)]
struct Refuses {
    contexts: Contexts,
    args: Mutex<Vec<String>>,
}

impl Caller for Refuses {
    fn start(
        &self,
        request: CallRequest,
    ) -> rekuest_core::__private::BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
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
fn functions_stay_functions() {
    assert_eq!(scale(vec![1.0], 3.0, "m".to_owned()), (vec![3.0], "m".to_owned()));
    assert_eq!(now(divide(6, 3)).ok(), Some(2));
    assert_eq!(many(1, 2, 3, 4, true, true, true, true, 1.0, 5), 5);
}

#[test]
fn the_registry_knows_all_of_them_and_where_they_stand() {
    let registry = rekuest_core::Registry::linked().expect("no interface is given twice");
    let interfaces: Vec<&str> = registry.iter().map(Function::interface).collect();
    assert_eq!(interfaces, ["count_all", "divide", "many", "panics", "scale"]);
    assert_eq!(panics::IMPLEMENTATION.location.line, LINE_OF_PANICS);
    assert!(panics::IMPLEMENTATION.location.file.ends_with("functions.rs"));
}
