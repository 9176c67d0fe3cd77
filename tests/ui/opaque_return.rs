use rekuest::prelude::*;

/// Say
#[register]
fn say() -> impl ToString {
    1
}

fn main() {}
