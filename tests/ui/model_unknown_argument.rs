use rekuest::prelude::*;

#[derive(Model)]
#[model(name = "point", identifier = "point", identifier = "dot")]
struct Point {
    #[port(defualt = 3)]
    x: i64,
    #[port(rename = "Y", label = "")]
    y: i64,
}

#[register]
fn park(point: Point) {
    let _ = point;
}

fn main() {}
