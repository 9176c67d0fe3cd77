use rekuest::prelude::*;

/// Add
#[register]
#[register(stateful)]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

/// Sub
#[register]
#[rekuest::register]
fn sub(a: i64, b: i64) -> i64 {
    a - b
}

fn main() {}
