use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(gt = 1, gt = 2)] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
