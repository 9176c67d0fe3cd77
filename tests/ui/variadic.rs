use rekuest::prelude::*;

/// Add
#[register]
unsafe extern "C" fn add(a: i64, mut more: ...) -> i64 {
    a
}

fn main() {}
