use rekuest::prelude::*;

#[derive(Clone, State)]
#[state(title = "Counter")]
#[port(default = 1)]
struct Counter {
    #[state(name = "count")]
    count: i64,
}

#[derive(Clone, State)]
#[state]
struct Clock {
    seconds: i64,
}

fn main() {}
