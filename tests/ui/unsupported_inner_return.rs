use rekuest::prelude::*;

struct Image;

/// Take
#[register]
fn take() -> Vec<Image> {
    Vec::new()
}

fn main() {}
