use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(effect(show, function = "(v) => v"))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
