use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(validate(function = "value > 3"))] value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
