use rekuest::prelude::*;

#[derive(Structure)]
#[structure(identifier = "@mikro/image")]
struct Image(Vec<u16>);

#[register]
fn show(image: Image) -> Image {
    image
}

fn main() {}
