use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(widget = search(query = "mutation ($search: String, $values: [ID]) { options { value label } }", ward = "w"))] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
