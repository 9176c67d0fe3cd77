use rekuest::prelude::*;

#[derive(Clone, State)]
struct Counter {
    count: i64,
}

/// Counts.
#[register]
fn inc(counter: Counter) -> i64 {
    counter.count
}

fn main() {}
