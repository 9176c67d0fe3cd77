use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(len(min = -1, max = 2.5))] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
