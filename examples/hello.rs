//! The first program: one function, provided by `cargo run --example hello`, and called from a second terminal with
//! `cargo run --example hello -- call add a=1 b=2`.

use rekuest::prelude::*;

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

fn main() -> Exit {
    rekuest::blocking::run()
}
