use rekuest::prelude::*;

/// Add
///
/// # Arguments
/// * the first number
/// * `a and b` - two numbers
#[register]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

/// Sub
///
/// # Parameters
/// two numbers
#[register]
fn sub(a: i64, b: i64) -> i64 {
    a - b
}

fn main() {}
