use rekuest::prelude::*;

use std::rc::Rc;

/// Show
#[register]
fn show(image: Rc<String>, title: String) {
    let _ = (image, title);
}

fn main() {}
