use rekuest::prelude::*;

const SHORT: rekuest::port::AssignWidget =
    rekuest::search!("query ($search: String) { options { value label } }", ward = "w");

/// Does it.
#[register]
fn act(#[port(widget = SHORT)] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
