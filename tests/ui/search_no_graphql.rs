use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(widget = search(query = "query {", ward = "w"))] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
