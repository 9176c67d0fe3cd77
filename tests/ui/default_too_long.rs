use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(default = "abc", len(max = 2))] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
