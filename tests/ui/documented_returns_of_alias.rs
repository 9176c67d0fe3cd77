use rekuest::prelude::*;

type Position = (i64, i64);

/// Position
///
/// # Returns
/// * x
/// * y
/// * z
#[register]
fn position() -> Position {
    (1, 2)
}

fn main() {}
