use rekuest::prelude::*;

/// Add
#[register(collections = ["math", 3, plus], is_test_for = ["other", sub()])]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

fn main() {}
