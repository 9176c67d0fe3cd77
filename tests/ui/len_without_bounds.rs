use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(len())] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
