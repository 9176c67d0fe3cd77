use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(gt, lt = )] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
