//! Functions of every visibility, in modules and in functions, under lints that nobody would set lower.
#![deny(warnings, missing_docs, unreachable_pub, rust_2018_idioms, unused, nonstandard_style)]
#![forbid(unsafe_code)]

use rekuest::register;

/// Private
#[register]
fn private() {}

/// Public
#[register]
pub fn public(a: i64) -> i64 {
    a
}

/// Of the crate
#[register]
pub(crate) async fn of_the_crate() {}

/// A module.
pub mod outer {
    use rekuest::register;

    /// Public
    #[register(interface = "outer_public")]
    pub fn public() {}

    /// Private
    #[register(interface = "outer_private")]
    fn private() {}

    mod inner {
        /// Of the one above
        #[rekuest::register]
        pub(super) fn of_the_one_above(a: i64) -> i64 {
            a
        }

        /// Of the tree
        #[rekuest::register]
        pub(in crate::visibility::outer) fn of_the_tree() {}
    }

    /// Names what is in the inner module.
    pub fn names() -> [&'static str; 2] {
        inner::of_the_tree();
        [inner::of_the_one_above::DEFINITION.name(), inner::of_the_tree::DEFINITION.name()]
    }
}

#[test]
fn it_is_taken() {
    /// Local
    #[register]
    fn local(a: i64) -> i64 {
        a + 1
    }

    private();
    assert_eq!(public(1), 1);
    drop(of_the_crate());
    assert_eq!(outer::names(), ["Of The One Above", "Of The Tree"]);
    outer::public();
    assert_eq!(local(1), 2);
    assert_eq!(public::DEFINITION.name(), "Public");
    let linked = rekuest::Registry::linked().expect("no interface twice");
    let here = linked.iter().filter(|function| function.location().to_string().contains("visibility.rs"));
    assert_eq!(here.count(), 8);
}
