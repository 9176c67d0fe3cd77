use rekuest::prelude::*;

struct Image;

/// Take
#[register]
fn take() -> Image {
    Image
}

fn main() {}
