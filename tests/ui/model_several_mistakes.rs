use rekuest::prelude::*;

/// A point.
#[derive(Model)]
#[model(identifier = "my point")]
struct Point {
    x: &'static str,
    #[port(label = 3)]
    y: Box<Point>,
}

#[register]
fn park(points: Vec<Point>) -> usize {
    points.len()
}

fn main() {}
