use rekuest::prelude::*;

/// Add
#[register(interface = "add", stateful, interface = "plus", stateful)]
fn add(a: i64, #[port(label = "B", label = "b")] b: i64) -> i64 {
    a + b
}

fn main() {}
