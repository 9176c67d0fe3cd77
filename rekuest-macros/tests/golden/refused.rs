/// Scale
///
/// # Arguments
/// * `factor` - by what
#[register(magic)]
fn scale<T>(#[port(default = 1)] value: T, by: &str) -> T {
    value
}
