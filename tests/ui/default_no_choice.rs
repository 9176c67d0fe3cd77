use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(default = "c", widget = choice("a", "b"))] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
