use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(effect(hide, function = "(v) => v", message = "no"))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
