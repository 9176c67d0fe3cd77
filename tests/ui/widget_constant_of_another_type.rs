use rekuest::prelude::*;

const WIDE: i64 = 3;

/// Does it.
#[register]
fn act(#[port(widget = WIDE)] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
