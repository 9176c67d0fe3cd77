use rekuest::prelude::*;

type Wrapped = String;

/// Does it.
#[register]
fn act(#[port(gt = 3)] value: Wrapped) {
    let _ = value;
}

fn main() {}
