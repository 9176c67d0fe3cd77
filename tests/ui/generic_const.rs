use rekuest::prelude::*;

/// Sum
#[register]
fn sum<const N: usize>(values: Vec<i64>) -> i64 {
    values.iter().take(N).sum()
}

fn main() {}
