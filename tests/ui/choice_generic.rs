use rekuest::prelude::*;

#[derive(Choice)]
enum Color<T> {
    Red,
    Green,
    Other(T),
}

#[register]
fn paint(color: Color<String>) {
    let _ = color;
}

fn main() {}
