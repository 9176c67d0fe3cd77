use rekuest::prelude::*;

/// Does it.
#[register]
fn act(value: i64) -> impl Iterator { 0..value }

fn main() {
    let _ = act::DEFINITION;
}
