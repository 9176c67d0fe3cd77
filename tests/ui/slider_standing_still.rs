use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(widget = slider(min = 0, max = 10, step = 0))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
