use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(widget = search(query = "query ($search: String, $values: [ID]) { options { value label } }", ward = "w", dependencies = ["room"]))] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
