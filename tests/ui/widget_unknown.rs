use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(widget = slidr(min = 0, max = 10))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
