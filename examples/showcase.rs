//! One function for each thing the SDK can do. Tests from outside rely on these interfaces: add, do not change.

use std::collections::HashMap;
use std::thread;
use std::time::Duration;

use rekuest::prelude::*;

/// Add
///
/// Adds two numbers
///
/// # Arguments
/// * `a` - first
/// * `b` - second
///
/// # Returns
/// the sum
#[register]
fn add_int(a: i64, #[port(default = 3)] b: i64) -> i64 {
    a + b
}

/// Adds two numbers, and nothing else: what benchmarks call.
#[register]
fn add(x: i64, y: i64) -> i64 {
    x + y
}

/// The same, on the runtime instead of the blocking pool.
#[register]
async fn aadd(x: i64, y: i64) -> i64 {
    x + y
}

/// Gives a text back.
#[register]
fn echo_str(s: String) -> String {
    s
}

/// Gives a truth value back.
#[register]
fn echo_bool(v: bool) -> bool {
    v
}

/// Gives a number with a fraction back.
#[register]
fn echo_float(v: f64) -> f64 {
    v
}

/// Gives a list back.
#[register]
fn echo_list(v: Vec<i64>) -> Vec<i64> {
    v
}

/// Gives a mapping back.
#[register]
fn echo_dict(v: HashMap<String, i64>) -> HashMap<String, i64> {
    v
}

/// Gives a number back, or nothing.
#[register]
fn echo_nullable(#[port(default = None)] v: Option<i64>) -> Option<i64> {
    v
}

/// Returns twice at once.
///
/// # Returns
/// * the number
/// * the number as text
#[register]
fn multi(a: i64) -> (i64, String) {
    (a, a.to_string())
}

/// Returns nothing.
#[register]
fn nothing(a: i64) {
    tracing::debug!(a, "nothing to return");
}

/// Fails with a message.
#[register]
fn fail(msg: String) -> Result<String, String> {
    Err(msg)
}

/// Panics with a message.
#[register]
fn panics(msg: String) -> String {
    panic!("{msg}")
}

/// Sleeps on the runtime.
#[register]
async fn sleeper(seconds: f64) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    tokio::time::sleep(Duration::try_from_secs_f64(seconds)?).await;
    Ok("slept".to_owned())
}

/// Sleeps on a thread.
#[register]
fn tsleeper(seconds: f64) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    thread::sleep(Duration::try_from_secs_f64(seconds)?);
    Ok("slept".to_owned())
}

#[tokio::main]
async fn main() -> Exit {
    rekuest::run().await
}
