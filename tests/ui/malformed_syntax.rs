use rekuest::prelude::*;

/// Add
#[register("add", interface = , name "Add", logo = "a" stateful)]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

fn main() {}
