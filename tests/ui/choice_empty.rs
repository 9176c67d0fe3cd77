use rekuest::prelude::*;

#[derive(Choice)]
enum Color {}

#[register]
fn paint(color: Color) {
    let _ = color;
}

fn main() {}
