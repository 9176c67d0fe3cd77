use rekuest::prelude::*;

mod one {
    #[rekuest::declare]
    pub fn other(x: i64);
}

mod two {
    #[rekuest::declare]
    pub fn other(x: String);
}

/// Calls.
#[register(dependencies = [one::other, optional(two::other)])]
fn calls() {}

fn main() {}
