use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(widget, return_widget)] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
