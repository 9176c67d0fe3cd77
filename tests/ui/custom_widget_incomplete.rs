use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(widget = custom(hook = "h"))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
