use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(widget = choice("a", 3, true))] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
