use rekuest::prelude::*;

#[register]
#[doc = include_str!("no_such_file.md")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

fn main() {}
