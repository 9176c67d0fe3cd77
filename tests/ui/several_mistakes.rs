use rekuest::prelude::*;

/// Scale
///
/// # Arguments
/// * `factor` - by what
#[register(magic, interface = "")]
const fn scale<T>(#[port(label = 3)] value: T, by: &str, (a, b): (i64, i64)) -> T {
    let _ = (by, a, b);
    value
}

fn main() {}
