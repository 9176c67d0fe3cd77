use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(gt = 5, widget = slider(min = 0, max = 3))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
