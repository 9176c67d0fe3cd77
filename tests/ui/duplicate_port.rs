use rekuest::prelude::*;

/// Add
#[register]
fn add(a: i64, #[port(default = 3)] #[port(label = "B")] b: i64) -> i64 {
    a + b
}

fn main() {}
