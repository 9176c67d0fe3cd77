use rekuest::prelude::*;

#[declare(hash = "abc")]
fn one();

#[declare(hash = "5e45dba65a8cbf15587c61699bf2a4094e2ffc9ffd45e1eb172ca9681f7aeb44", name = "Two")]
fn two();

#[declare(app = "other")]
fn three();

#[declare(key = "two words")]
fn four();

fn main() {}
