use rekuest::prelude::*;

#[derive(Choice)]
enum Color {
    Red,
    Gray(u8),
    Mixed { red: u8, green: u8 },
}

#[register]
fn paint(color: Color) -> Color {
    color
}

fn main() {
    let _ = Color::Gray(3);
}
