use rekuest::prelude::*;

/// Home
///
/// # Returns
/// the position
#[register]
fn home() {}

/// Position
///
/// # Returns
/// * x
/// * y
#[register]
fn position() -> i64 {
    1
}

/// Positions
///
/// # Returns
/// * x
/// * y
/// * z
#[register]
fn positions() -> Result<(i64, i64), String> {
    Ok((1, 2))
}

fn main() {}
