use rekuest::prelude::*;

#[derive(Clone, Context, State)]
struct Both {
    x: i64,
}

fn main() {}
