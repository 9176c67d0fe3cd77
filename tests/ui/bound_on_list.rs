use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(le = 3)] value: Vec<i64>) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
