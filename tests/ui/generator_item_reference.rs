use rekuest::prelude::*;

/// Does it.
#[register]
fn act(value: i64) -> impl Iterator<Item = &'static str> { (0..value).map(|_| "x") }

fn main() {
    let _ = act::DEFINITION;
}
