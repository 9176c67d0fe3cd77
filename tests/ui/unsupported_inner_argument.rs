use rekuest::prelude::*;

struct Image;

/// Show
#[register]
fn show(images: Vec<Option<Image>>) {
    let _ = images;
}

fn main() {}
