use rekuest::prelude::*;

/// Calls.
#[register(dependencies = ["plain", optional(plain, plain), required(plain)])]
fn calls_wrongly() {}

/// Calls.
#[register(dependencies = plain)]
fn calls_one() {}

fn main() {}
