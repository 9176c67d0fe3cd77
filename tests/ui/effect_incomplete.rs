use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(effect(message, function = "(v) => v"), effect(custom, function = "(v) => v", hook = "h"))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
