use rekuest::prelude::*;

type Count = i64;

/// Does it.
#[register]
fn act(#[port(widget = choice("a", "b"))] value: Count) {
    let _ = value;
}

fn main() {}
