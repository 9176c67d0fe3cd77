use std::rc::Rc;

use rekuest::prelude::*;

#[derive(Memorable)]
struct Volume {
    pixels: Rc<Vec<u16>>,
}

fn main() {}
