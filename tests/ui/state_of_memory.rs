use rekuest::prelude::*;

#[derive(Memorable)]
struct Image;

#[derive(Clone, State)]
struct Camera {
    last: Option<Memory<Image>>,
}

fn main() {}
