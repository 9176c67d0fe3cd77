use rekuest::prelude::*;

/// Wait
#[register]
fn wait() -> impl Future<Output = i64> {
    std::future::ready(1)
}

fn main() {}
