use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(default = 11, widget = slider(min = 0, max = 10))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
