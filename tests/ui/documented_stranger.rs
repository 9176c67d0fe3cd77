use rekuest::prelude::*;

/// Add
///
/// # Arguments
/// * `a` - the first
/// * `c` - the second
#[register]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

/// Home
///
/// # Arguments
/// * `speed` - how fast
#[register]
fn home() {}

fn main() {}
