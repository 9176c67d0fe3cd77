use rekuest::prelude::*;

type Name = String;

#[derive(Model)]
struct Point {
    #[port(gt = 3)]
    name: Name,
}

fn main() {}
