use rekuest::prelude::*;

/// Move
#[register]
fn go(to: (f64, f64)) {
    let _ = to;
}

fn main() {}
