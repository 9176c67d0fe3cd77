use rekuest::prelude::*;

#[derive(Choice)]
#[choice(rename_all = "lowercase")]
enum Color {
    Red,
    #[choice(value = "red")]
    Crimson,
    RED,
}

#[register]
fn paint(#[port(default = Color::Red)] color: Color) -> Color {
    color
}

fn main() {}
