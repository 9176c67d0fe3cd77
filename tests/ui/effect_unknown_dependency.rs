use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(effect(hide, function = "(v, other) => other", dependencies = ["other"]))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
