use rekuest::prelude::*;

#[derive(Union)]
struct Target {
    number: i64,
}

#[derive(Union)]
enum Nowhere {}

#[register]
fn go(target: Target, nowhere: Nowhere) {
    let _ = (target, nowhere);
}

fn main() {}
