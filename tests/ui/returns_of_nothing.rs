use rekuest::prelude::*;

/// Does it.
#[register(returns(label = "nothing"))]
fn act(value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
