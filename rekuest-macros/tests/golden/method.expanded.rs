impl Stage {
    fn unrelated() {}
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
fn moved(&self, by: i64) {}
::core::compile_error! {
    "a registered function runs without an object, so it cannot take `self`; register a free function"
}
