use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(len(min = 1))] value: f64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
