use rekuest::prelude::*;

#[derive(Model)]
struct Point {
    #[port(default = "one")]
    x: i64,
    #[port(default = MISSING)]
    y: i64,
}

#[register]
fn park(point: Point) {
    let _ = point;
}

fn main() {}
