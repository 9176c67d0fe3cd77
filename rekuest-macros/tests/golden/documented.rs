/// Add
///
/// Adds two numbers.
///
/// # Arguments
/// * `a` - the first number
/// * `b` - what is added to it
///
/// # Returns
/// the sum
#[register]
pub fn add(a: i64, #[port(default = 3)] b: i64) -> i64 {
    a + b
}
