use rekuest::prelude::*;

struct Image;

/// Take
#[register]
fn take() -> Result<Image, String> {
    Ok(Image)
}

fn main() {}
