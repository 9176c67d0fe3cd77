use rekuest::prelude::*;

struct Image;

/// Show
#[register]
async fn show(image: Image) {
    let _ = image;
}

fn main() {}
