use rekuest::prelude::*;

#[derive(Model)]
struct Point {
    #[port(gt = 3)]
    name: String,
    #[port(effect(hide, function = "(x, d) => !d", dependencies = ["nmae"]))]
    x: i64,
}

fn main() {}
