use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(validate(function = "(v, other) => v > other", dependencies = ["othr"]))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
