use rekuest::prelude::*;

#[derive(Choice)]
#[choice(rename_all = "SCREAMING_SNAKE")]
enum Color {
    Red,
}

#[derive(Choice)]
#[choice(rename_all = "camelcase")]
enum Shade {
    Dark,
}

#[derive(Choice)]
#[choice(rename_all)]
enum Size {
    Small,
}

#[register]
fn paint(color: Color, shade: Shade, size: Size) {
    let _ = (color, shade, size);
}

fn main() {}
