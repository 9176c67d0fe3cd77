use rekuest::prelude::*;

#[startup]
fn connect() {}

#[background(after = [connect])]
fn watch() {}

fn plain() {}

#[startup(after = [plain])]
fn home() {}

fn main() {}
