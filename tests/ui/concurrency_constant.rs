use rekuest::prelude::*;

const NONE: usize = 0;
const SMALL: u8 = 1;

/// Never
#[register(concurrency = NONE)]
fn never() {}

/// Small
#[register(concurrency = SMALL)]
fn small() {}

fn main() {}
