use rekuest::prelude::*;

const LIMIT: i64 = 3;

/// Does it.
#[register]
fn act(#[port(gt = LIMIT)] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
