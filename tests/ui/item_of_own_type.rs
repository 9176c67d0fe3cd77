use rekuest::prelude::*;

type Wrapped = i64;

/// Does it.
#[register]
fn act(#[port(item(gt = 3))] value: Wrapped) {
    let _ = value;
}

fn main() {}
