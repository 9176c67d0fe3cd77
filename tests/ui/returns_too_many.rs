use rekuest::prelude::*;

/// Does it.
#[register(returns(ge = 0), returns(ge = 1))]
fn act(value: i64) -> i64 { value }

fn main() {
    let _ = act::DEFINITION;
}
