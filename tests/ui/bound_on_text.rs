use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(gt = 3)] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
