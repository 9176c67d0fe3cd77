use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(descriptors(unit), descriptors(3 = 4))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
