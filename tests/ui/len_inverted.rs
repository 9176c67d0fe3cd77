use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(len(min = 3, max = 1))] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
