use rekuest::prelude::*;

/// Add
#[register]
fn add(#[port] a: i64, #[port = 3] b: i64, #[port(default)] c: i64, #[port(label = 3)] d: i64) -> i64 {
    a + b + c + d
}

fn main() {}
