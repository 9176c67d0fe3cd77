use rekuest::prelude::*;

#[derive(Clone, State)]
struct Counter {
    count: i64,
}

/// Counts.
#[register]
fn inc(#[port(default = 1)] counter: State<Counter>, other: &State<Counter>) {}

fn main() {}
