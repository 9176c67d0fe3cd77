use rekuest::prelude::*;

#[derive(Choice)]
struct Color {
    red: u8,
}

#[register]
fn paint(colors: Vec<Color>) -> Option<Color> {
    colors.into_iter().next()
}

fn main() {}
