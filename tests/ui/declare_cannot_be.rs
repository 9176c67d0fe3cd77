use rekuest::prelude::*;

#[declare]
async fn later(x: i64) -> String;

#[declare]
fn fails(x: i64) -> Result<String, String>;

#[declare]
fn generic<T>(x: T);

#[declare]
fn with_default(#[port(default = 1)] x: i64);

#[declare]
fn with_task(task: Task, x: i64);

#[declare]
struct Other;

fn main() {}
