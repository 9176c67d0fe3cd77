use rekuest::prelude::*;

struct Camera;

#[derive(Model)]
struct Setup {
    #[port(default = Camera)]
    camera: Camera,
}

#[register]
fn prepare(setup: Setup) {
    let _ = setup;
}

fn main() {}
