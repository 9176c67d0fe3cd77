use rekuest::prelude::*;

/// Does it.
#[register(generator = streem)]
fn act(value: i64) -> Vec<i64> { vec![value] }

fn main() {
    let _ = act::DEFINITION;
}
