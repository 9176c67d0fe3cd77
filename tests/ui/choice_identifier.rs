use rekuest::prelude::*;

#[derive(Choice)]
#[choice(identifier = "the color")]
enum Color {
    Red,
}

#[derive(Choice)]
#[choice(identifier = "")]
enum Shade {
    Dark,
}

fn main() {}
