use rekuest::prelude::*;

struct Counter;

/// Counts.
#[register]
fn inc(counter: State<Counter>) {}

#[background]
fn count(counter: State<Counter>) {}

fn main() {}
