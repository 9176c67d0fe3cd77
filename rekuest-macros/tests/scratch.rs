#![deny(warnings, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]
//! x
extern crate self as rekuest;
#[doc(hidden)]
pub use rekuest_core as __core;
use rekuest_macros::register;

/// Add
///
/// Adds two numbers.
///
/// # Arguments
/// * `a` - the first number
/// * `b` - what is added to it
///
/// # Returns
/// the sum
#[register]
fn add(a: i64, #[port(default = 3)] b: i64) -> i64 {
    a + b
}

/// Fail
#[register]
pub fn fail(
    caller: String,
    #[port(default = "x")] writer: String,
    #[port(default = 5)] x: Option<i64>,
) -> Result<(i64, String), String> {
    let _ = (caller, writer, x);
    Err("no".to_owned())
}

/// Sleep
#[register(interface = "sleep_now", collections = ["a", "b"], stateful, is_test_for = [add], logo = "x")]
#[allow(clippy::unused_async)]
pub(crate) async fn sleep() {}

#[test]
fn prints() {
    use __core::{Function, Registry};
    println!("{}", add(1, 2));
    let registry = Registry::linked().unwrap();
    for function in registry.iter() {
        let function: &Function = function;
        println!("{} {}", function.location(), serde_json::to_string(function).unwrap());
    }
    let _ = (&sleep::DEFINITION, &fail::DEFINITION);
}
