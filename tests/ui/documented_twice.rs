use rekuest::prelude::*;

/// Add
///
/// # Arguments
/// * `a` - the first
/// * `a` - the second
/// * `b` - the third
#[register]
fn add(a: i64, #[port(description = "the last")] b: i64) -> i64 {
    a + b
}

fn main() {}
