use rekuest::prelude::*;

/// Scale
#[register]
fn scale(#[port(default = LIMIT)] times: i64, #[port(default = times * 2)] more: i64) -> i64 {
    times + more
}

fn main() {}
