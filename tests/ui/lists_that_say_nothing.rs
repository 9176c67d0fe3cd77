use rekuest::prelude::*;

/// Does it.
#[register(returns(), returns, port_group)]
fn act(#[port(item, len)] value: Vec<i64>) -> i64 {
    let _ = value;
    0
}

fn main() {
    let _ = act::DEFINITION;
}
