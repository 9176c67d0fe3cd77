use rekuest::prelude::*;

struct Image;

/// Take
#[register]
fn take() -> (i64, Image) {
    (1, Image)
}

/// Take again
#[register]
async fn take_again() -> Result<(Image, String), String> {
    Err(String::new())
}

fn main() {}
