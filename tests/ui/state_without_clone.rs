use rekuest::prelude::*;

#[derive(State)]
struct Counter {
    count: i64,
}

fn main() {}
