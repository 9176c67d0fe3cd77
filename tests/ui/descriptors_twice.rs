use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(descriptors(unit = "mm", unit = "cm"))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
