use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(return_widget = slider(min = 0, max = 1))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
