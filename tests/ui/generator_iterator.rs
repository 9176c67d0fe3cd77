use rekuest::prelude::*;

/// Count
#[register]
fn count(to: i64) -> impl Iterator<Item = i64> {
    0..to
}

fn main() {}
