use rekuest::prelude::*;

/// Does it.
#[register(generator)]
fn act(value: i64) -> i64 { value }

fn main() {
    let _ = act::DEFINITION;
}
