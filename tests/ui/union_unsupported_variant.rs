use rekuest::prelude::*;

struct Camera;

#[derive(Union)]
enum Target {
    Number(i64),
    Camera(Camera),
}

#[register]
fn go(target: Target) -> Target {
    target
}

fn main() {}
