//! The facade under another name.
#![deny(warnings)]

mod platform {
    pub use ::rekuest as stage;
}

/// Add
#[platform::stage::register(crate = crate::facade::platform::stage)]
fn add_all(a: i64, #[port(default = 3)] b: i64) -> Result<(i64, i64), String> {
    Ok((a, b))
}

mod inner {
    use super::platform::stage;

    /// Sub
    #[stage::register(crate = stage)]
    pub(super) async fn sub_all(a: i64) -> i64 {
        a
    }
}

#[test]
fn it_is_taken() {
    assert_eq!(add_all(1, 2), Ok((1, 2)));
    assert_eq!(inner::sub_all::DEFINITION.name(), "Sub All");
    drop(inner::sub_all(1));
}
