use rekuest::prelude::*;

#[derive(Model)]
#[port(label = "Point")]
struct Point {
    #[model(identifier = "x")]
    x: i64,
    #[port(label = "Y")]
    #[port(default = 3)]
    y: i64,
    #[port]
    z: i64,
}

#[register]
fn park(point: Point) {
    let _ = point;
}

fn main() {}
