//! Names that could meet those of the expansion.
#![deny(warnings)]

use rekuest::Caller;
use rekuest::prelude::*;

/// Raw
#[register]
fn r#type(r#fn: String, r#match: Option<i64>) -> Option<i64> {
    let _ = r#fn;
    r#match
}

/// Arguments called like what is around them
#[register]
#[allow(non_snake_case, clippy::too_many_arguments)]
fn invocation(
    caller: i64,
    invocation: i64,
    arguments: i64,
    value0: i64,
    value1: i64,
    writer: i64,
    __ACTION: i64,
    invocation_: i64,
    #[port(default = 3)] key: i64,
) -> i64 {
    caller + invocation + arguments + value0 + value1 + writer + __ACTION + invocation_ + key
}

/// Called like its argument
#[register]
fn value(value: i64) -> i64 {
    value
}

/// Called like what is beside it
#[register]
fn call(call: i64) -> i64 {
    call
}

#[allow(dead_code, non_camel_case_types)]
mod shadows {
    use rekuest::register;

    pub enum Option {
        Some,
        None,
    }
    pub struct Box;
    pub trait Into {}
    pub fn key() {}
    pub const ARGS: i64 = 5;

    /// Shadowed
    #[register]
    pub(super) fn shadowed(
        #[port(default = ARGS)] a: i64,
        b: std::option::Option<String>,
    ) -> Result<i64, String> {
        let _ = b;
        Ok(a)
    }
}

fn calls(client: &dyn Caller) {
    drop(r#type::call(client, "a".to_owned(), Some(1)));
    drop(invocation::call(client, 1, 2, 3, 4, 5, 6, 7, 8, None));
    drop(value::call(client, 1));
    drop(call::call(client, 1));
    drop(shadows::shadowed::call(client, 1, None));
}

#[test]
fn it_is_taken() {
    let _ = calls;
    assert_eq!(r#type::IMPLEMENTATION.interface, "type");
    let keys: Vec<&str> = r#type::DEFINITION.args().map(|port| port.key()).collect();
    assert_eq!(keys, ["fn", "match"]);
    assert_eq!(invocation(1, 1, 1, 1, 1, 1, 1, 1, 1), 9);
}
