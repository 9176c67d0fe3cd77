use rekuest::prelude::*;

/// Does it.
#[register(returns(widget = slider(min = 0, max = 1)))]
fn act(value: i64) -> i64 { value }

fn main() {
    let _ = act::DEFINITION;
}
