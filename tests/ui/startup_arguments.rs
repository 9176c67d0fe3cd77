use rekuest::prelude::*;

#[startup(timeout = 0)]
fn connect() {}

#[startup(timeout = "soon", before = [connect])]
fn home() {}

#[startup(after = "connect")]
fn warm_up() {}

#[background(timeout = 3)]
fn watch() {}

#[background(on_failure = ignore)]
fn poll() {}

fn main() {}
