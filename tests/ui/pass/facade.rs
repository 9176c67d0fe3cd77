//! The facade under another name.
#![deny(warnings)]

mod platform {
    pub use ::rekuest as stage;
}

/// Add
#[platform::stage::register(crate = crate::platform::stage)]
fn add(a: i64, #[port(default = 3)] b: i64) -> Result<(i64, i64), String> {
    Ok((a, b))
}

mod inner {
    use super::platform::stage;

    /// Sub
    #[stage::register(crate = stage)]
    pub(super) async fn sub(a: i64) -> i64 {
        a
    }
}

fn main() {
    assert_eq!(add(1, 2), Ok((1, 2)));
    assert_eq!(inner::sub::DEFINITION.name(), "Sub");
    drop(inner::sub(1));
}
