use rekuest::prelude::*;

const TWO: rekuest::port::Validator = rekuest::port::Validator::javascript("(a, b) => a > b", &[]);

/// Does it.
#[register]
fn act(#[port(validate = TWO)] value: i64) {
    let _ = value;
}

fn main() {}
