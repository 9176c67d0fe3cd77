impl Stage {
    fn unrelated() {}
}
fn moved(&self, by: i64) {}
::core::compile_error! {
    "a registered function runs without an object, so it cannot take `self`; register a free function"
}
