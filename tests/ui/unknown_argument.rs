use rekuest::prelude::*;

/// Add
#[register(magic, nam = "Add", hidden = true, size(3))]
fn add(a: i64, #[port(widget = 3, lable = "A")] b: i64) -> i64 {
    a + b
}

fn main() {}
