use rekuest::prelude::*;

#[derive(Choice)]
enum Color {
    Red,
}

#[register]
fn paint(#[port(default = "Red")] color: Color) {
    let _ = color;
}

fn main() {}
