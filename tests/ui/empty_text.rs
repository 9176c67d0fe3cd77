use rekuest::prelude::*;

/// Add
#[register(interface = "", name = " ", logo = "")]
fn add(a: i64, #[port(label = "", description = "")] b: i64) -> i64 {
    a + b
}

fn main() {}
