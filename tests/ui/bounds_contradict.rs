use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(gt = 10, lt = 5)] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
