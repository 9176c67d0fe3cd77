use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(gt = "x", widget = slider(min = 3, max = 1), validate(function = "x"), colour = 3)] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
