use rekuest::prelude::*;

/// Does it.
#[register(generator = stream)]
fn act(value: i64) -> impl Iterator<Item = i64> { 0..value }

fn main() {
    let _ = act::DEFINITION;
}
