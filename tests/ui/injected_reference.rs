use rekuest::prelude::*;

/// Scan
#[register]
fn scan(task: &Task, other: &mut rekuest::Task, planes: u32) -> u32 {
    let _ = (task, other);
    planes
}

fn main() {}
