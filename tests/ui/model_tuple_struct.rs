use rekuest::prelude::*;

#[derive(Model)]
struct Point(i64, i64);

#[derive(Model)]
struct Nothing;

#[register]
fn park(point: Point, nothing: Nothing) -> Point {
    let _ = nothing;
    point
}

fn main() {}
