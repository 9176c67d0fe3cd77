use rekuest::prelude::*;

/// Scan
#[register]
fn scan(task: Option<Task>) {
    let _ = task;
}

fn main() {}
