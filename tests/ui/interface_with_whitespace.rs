use rekuest::prelude::*;

/// Add
#[register(interface = "add two")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

fn main() {}
