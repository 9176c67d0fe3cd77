use rekuest::prelude::*;

/// Does it.
///
/// # Returns
/// the sum
#[register(returns(description = "the sum"))]
fn act(value: i64) -> i64 { value }

fn main() {
    let _ = act::DEFINITION;
}
