use rekuest::prelude::*;

/// Add
#[register]
fn add((a, b): (i64, i64), _: i64) -> i64 {
    a + b
}

fn main() {}
