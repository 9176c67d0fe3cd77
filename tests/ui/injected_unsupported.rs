use rekuest::prelude::register;

struct Task;

/// Scan
#[register]
fn scan(task: Task, planes: u32) -> u32 {
    let _ = task;
    planes
}

fn main() {}
