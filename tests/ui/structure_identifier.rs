use rekuest::prelude::*;

#[derive(Structure)]
struct Image(String);

#[derive(Structure)]
#[structure(identifier = "mikro/image")]
struct Table(String);

#[derive(Structure)]
#[structure(identifier = "@mikro")]
struct Stack(String);

#[derive(Structure)]
#[structure(identifier = "@mikro/a/b")]
struct Plate(String);

#[derive(Structure)]
#[structure(identifier = "@mikro/my image")]
struct View(String);

#[register]
fn show(image: Image, table: Table, stack: Stack, plate: Plate, view: View) {
    let _ = (image, table, stack, plate, view);
}

fn main() {}
