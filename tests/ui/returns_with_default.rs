use rekuest::prelude::*;

/// Does it.
#[register(returns(default = 3))]
fn act(value: i64) -> i64 { value }

fn main() {
    let _ = act::DEFINITION;
}
