use rekuest::prelude::*;

struct Broken;

/// Take
#[register]
fn take() -> Result<i64, Broken> {
    Err(Broken)
}

fn main() {}
