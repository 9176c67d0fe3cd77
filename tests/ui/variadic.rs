use rekuest::prelude::*;

/// Add
#[register]
extern "C" fn add(a: i64, _: ...) -> i64 {
    a
}

fn main() {}
