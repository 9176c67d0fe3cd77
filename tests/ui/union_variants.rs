use rekuest::prelude::*;

#[derive(Union)]
enum Target {
    Number(i64),
    Nothing,
    Position(f64, f64),
    Named { name: String },
    Empty(),
}

#[register]
fn go(target: Target) -> Target {
    target
}

fn main() {}
