use rekuest::prelude::*;

use std::error::Error;

/// Take
#[register]
fn take() -> Result<i64, Box<dyn Error>> {
    Err("broken".into())
}

fn main() {}
