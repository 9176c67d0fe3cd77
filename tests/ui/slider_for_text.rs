use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(widget = slider(min = 0, max = 10))] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
