use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(item(item(gt = 3)))] value: Vec<Vec<String>>) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
