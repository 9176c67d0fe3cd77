use rekuest::prelude::*;

#[doc = concat!("A ", "point")]
#[derive(Model)]
struct Point {
    x: i64,
}

#[register]
fn park(point: Point) {
    let _ = point;
}

fn main() {}
