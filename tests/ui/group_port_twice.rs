use rekuest::prelude::*;

/// Does it.
#[register(port_group(key = "more", ports = ["value", "value"]))]
fn act(value: i64) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
