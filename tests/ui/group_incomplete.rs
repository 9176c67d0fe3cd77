use rekuest::prelude::*;

/// Does it.
#[register(port_group(title = "More"))]
fn act(value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
