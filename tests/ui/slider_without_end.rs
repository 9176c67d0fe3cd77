use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(widget = slider(min = 10))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
