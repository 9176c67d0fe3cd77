use rekuest::prelude::*;

use rekuest::port::{Number, Validator};

const NOTHING: Validator = Validator::lt(Number::Float(f64::NAN));

/// Does it.
#[register]
fn act(#[port(validate = NOTHING)] value: f64) {
    let _ = value;
}

fn main() {}
