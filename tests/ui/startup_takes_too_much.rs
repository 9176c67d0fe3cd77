use rekuest::prelude::*;

#[derive(Context)]
struct Stage;

#[startup]
fn connect(stage: Ctx<Stage>) {}

#[startup]
fn home(instance: &str, again: String) {}

fn main() {}
