use rekuest::prelude::*;

#[derive(Structure)]
#[structure(identifier = "@mikro/image", custom)]
struct Image {
    pixels: Vec<u16>,
}

#[register]
fn show(image: Image) -> Image {
    image
}

fn main() {}
