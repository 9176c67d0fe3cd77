//! Doc comments around other attributes, in every way they can be written.
#![deny(warnings)]

use rekuest::prelude::*;

/// Add.
#[inline]
///
#[register]
/// Adds two numbers.
#[must_use]
///
/// # Arguments
#[allow(clippy::all)]
/// * `a` - the first
fn add(a: i64, b: i64) -> i64 {
    a + b
}

/**
 * Subtract
 *
 * Subtracts two numbers.
 *
 * # Returns
 * the difference
 */
#[register]
fn sub(a: i64, b: i64) -> i64 {
    a - b
}

#[register]
#[doc = include_str!("camera.md")]
fn frames(exposure: f64) -> f64 {
    1.0 / exposure
}

macro_rules! constant {
    ($(#[$attribute:meta])* $name:ident: $type:ty = $value:expr) => {
        $(#[$attribute])*
        #[register]
        fn $name(#[port(default = $value)] value: $type) -> Option<$type> {
            Some(value)
        }
    };
}

constant! {
    /// The answer
    ///
    /// To everything.
    ///
    /// # Arguments
    /// * `value` - what is given back
    answer: i64 = 42
}

#[test]
fn it_is_taken() {
    let add = add::DEFINITION.to_buf().expect("a definition");
    assert_eq!((add.name.as_str(), add.description.as_deref()), ("Add", Some("Adds two numbers.")));
    assert_eq!(add.args[0].description.as_deref(), Some("the first"));
    let sub = sub::DEFINITION.to_buf().expect("a definition");
    assert_eq!((sub.name.as_str(), sub.description.as_deref()), ("Subtract", Some("Subtracts two numbers.")));
    assert_eq!(sub.returns[0].description.as_deref(), Some("the difference"));
    let frames = frames::DEFINITION.to_buf().expect("a definition");
    assert_eq!(frames.name, "Frames per second");
    assert_eq!(frames.args[0].description.as_deref(), Some("in seconds"));
    let answer = answer::DEFINITION.to_buf().expect("a definition");
    assert_eq!((answer.name.as_str(), answer.description.as_deref()), ("The answer", Some("To everything.")));
    assert_eq!(answer.args[0].default.as_ref().map(|json| json.get()), Some("42"));
    assert_eq!(answer.args[0].description.as_deref(), Some("what is given back"));
}
