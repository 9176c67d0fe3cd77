use rekuest::prelude::*;

/// Scan
#[register]
fn scan(
    #[port(label = "Task")] task: Task,
    #[port(default = 3)] other: rekuest::Task,
    #[port(validate(function = "(x, y) => x > y", message = "more", dependencies = ["task"]))] planes: u32,
) -> u32 {
    let _ = (task, other);
    planes
}

/// Park
#[register(port_group(key = "all", ports = ["x", "task"]))]
fn park(task: Task, x: f64) {
    let _ = (task, x);
}

fn main() {}
