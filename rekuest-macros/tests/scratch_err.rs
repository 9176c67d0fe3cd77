//! x
extern crate self as rekuest;
#[doc(hidden)]
pub use rekuest_core as __core;
use rekuest_macros::register;
struct Foo;
struct MyErr;

#[register]
fn unsupported(a: i64, foo: Foo) -> i64 {
    a
}

#[register]
async fn unsupported_async(#[port(default = Foo)] foo: Foo, b: Vec<Foo>) -> i64 {
    1
}

#[register]
fn unsupported_return(a: i64) -> Foo {
    Foo
}

#[register]
fn unsupported_vec_return(a: i64) -> Vec<Foo> {
    vec![]
}

#[register]
fn unsupported_result(a: i64) -> Result<Foo, MyErr> {
    Ok(Foo)
}

#[register]
fn unsupported_dyn(a: i64) -> Result<i64, Box<dyn std::error::Error>> {
    Ok(1)
}

#[register]
fn unsupported_tuple(a: i64) -> (i64, Foo, bool) {
    todo!()
}

#[register]
fn unsupported_tuple_result(a: i64) -> std::io::Result<(i64, Foo)> {
    todo!()
}

#[register]
fn wrong_default(#[port(default = "x")] a: i64, #[port(default = 1)] b: f64, #[port(default = 1)] c: String) {
}

#[register]
fn unsend(a: std::rc::Rc<i64>) {}

#[register]
async fn not_send() {
    let x = std::rc::Rc::new(1);
    std::future::ready(()).await;
    drop(x);
}

#[register(is_test_for = [plain, crate::nothing])]
fn testing() {}
fn plain() {}

/// Doc
/// # Returns
/// - a
/// - b
#[register]
fn alias() -> Alias {
    1
}
type Alias = i64;
type Opt<T> = Option<T>;
#[register]
fn nested(a: Opt<Opt<i64>>) {}
