use rekuest::prelude::*;

/// Add
#[register(interface = add, name, description("adds"), collections = "math", stateful = 3, is_test_for = add, logo = 3, crate = "rekuest")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

fn main() {}
