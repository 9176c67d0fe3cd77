use rekuest::prelude::*;

#[background]
async fn watch(task: Task) {}

#[shutdown]
fn park(x: i64, name: &str) {}

fn main() {}
