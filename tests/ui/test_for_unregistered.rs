use rekuest::prelude::*;

fn add(a: i64, b: i64) -> i64 {
    a + b
}

/// Test
#[register(is_test_for = [add, nowhere::sub])]
fn test_add() -> bool {
    add(1, 2) == 3
}

fn main() {}
