use rekuest::prelude::*;

struct Plain;

/// Calls.
#[register(dependencies = [Plain])]
fn calls() {}

fn main() {}
