use rekuest::prelude::*;

/// Private
#[derive(Model)]
struct Point {
    x: i64,
}

/// Moves
#[register]
pub fn moves(point: Point) -> i64 {
    point.x
}

fn main() {}
