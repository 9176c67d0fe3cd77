use rekuest::prelude::*;

struct Image;

/// Show
#[register]
fn show(#[port(default = Image)] image: Image) {
    let _ = image;
}

fn main() {}
