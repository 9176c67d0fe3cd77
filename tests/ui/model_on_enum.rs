use rekuest::prelude::*;

#[derive(Model)]
enum Color {
    Red,
    Green,
}

#[derive(Model)]
enum Target {
    Number(i64),
    Name(String),
}

#[derive(Model)]
union Bits {
    int: u32,
    float: f32,
}

#[register]
fn park(color: Color, target: Target, bits: Bits) {
    let _ = (color, target, bits);
}

fn main() {}
