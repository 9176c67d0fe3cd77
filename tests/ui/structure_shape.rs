use rekuest::prelude::*;

#[derive(Structure)]
#[structure(identifier = "@mikro/image")]
struct Image {
    id: String,
    pixels: Vec<u16>,
}

#[derive(Structure)]
#[structure(identifier = "@mikro/plate")]
enum Plate {
    Small,
    Large,
}

#[register]
fn show(image: Image) -> Plate {
    let _ = image;
    Plate::Small
}

fn main() {}
