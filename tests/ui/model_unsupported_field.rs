use rekuest::prelude::*;

struct Camera;

#[derive(Model)]
struct Setup {
    name: String,
    camera: Camera,
    others: Vec<Option<Camera>>,
}

#[register]
fn prepare(setup: Setup) -> Setup {
    setup
}

fn main() {}
