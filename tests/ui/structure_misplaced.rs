use rekuest::prelude::*;

#[derive(Structure)]
#[structure(identifier = "@mikro/image", shape = "id")]
struct Image {
    #[structure(identifier = "@mikro/id")]
    id: String,
}

fn main() {}
