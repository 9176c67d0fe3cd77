use rekuest::prelude::*;

#[derive(Structure)]
#[structure(identifier = "@mikro/image", expand = load)]
struct Image {
    pixels: Vec<u16>,
}

#[derive(Structure)]
#[structure(identifier = "@mikro/table", shrink = "store")]
struct Table {
    rows: Vec<u16>,
}

#[derive(Structure)]
#[structure(identifier = "@mikro/stack", expand = load, shrink = store, custom)]
struct Stack {
    images: Vec<Image>,
}

#[register]
fn show(image: Image, table: Table, stack: Stack) {
    let _ = (image, table, stack);
}

fn main() {}
