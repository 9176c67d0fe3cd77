use rekuest::prelude::{Model, register};

/// What is to be done.
#[derive(Model)]
pub struct Task {
    name: String,
}

/// Plan
#[register]
fn plan(task: Task, number: i64) -> i64 {
    let _ = task.name;
    number
}

/// Plan again
#[register]
async fn plan_again(task: self::Task) -> String {
    task.name
}

async fn calls(client: &rekuest::Client) {
    let _ = plan::call(client, 1).await;
}

fn main() {}
