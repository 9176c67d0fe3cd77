use rekuest::prelude::*;

/// Never
#[register(concurrency = 0)]
fn never() {}

/// Bare
#[register(concurrency)]
fn bare() {}

/// Negative
#[register(concurrency = -1)]
fn negative() {}

/// Text
#[register(concurrency = "one")]
fn text() {}

/// Half
#[register(concurrency = 1.5)]
fn half() {}

fn main() {}
