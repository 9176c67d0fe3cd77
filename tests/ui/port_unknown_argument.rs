use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(sldier = 3, descripton = "x")] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
