use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(default = 3, gt = 3, le = 2)] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
