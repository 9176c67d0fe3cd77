use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(widget = search(query = "query ($search: String, $values: [ID]) { xs { value label } }", ward = "w"))] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
