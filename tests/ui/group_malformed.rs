use rekuest::prelude::*;

/// Empty
#[register(group = "")]
fn empty() {}

/// Two words
#[register(group = "the stage")]
fn two_words() {}

/// Bare
#[register(group)]
fn bare() {}

/// Path
#[register(group = stage)]
fn path() {}

fn main() {}
