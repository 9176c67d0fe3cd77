use rekuest::prelude::*;

struct Image;

/// Show
#[register]
fn show(title: String, image: Image) {
    let _ = (title, image);
}

fn main() {}
