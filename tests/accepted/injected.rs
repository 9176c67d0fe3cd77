//! What the agent injects: functions that take it, and are called without it.
#![deny(warnings, missing_docs, unreachable_pub, rust_2018_idioms, unused, nonstandard_style)]
#![forbid(unsafe_code)]

use rekuest::prelude::*;
use rekuest::task::Cancelled;

const AT_ONCE: usize = 2;

/// Scan
///
/// # Arguments
/// * `task` - for who reads the source
/// * `planes` - how many
#[register(concurrency = AT_ONCE + 1, group = "stage")]
fn scan(task: Task, planes: u32) -> Result<u32, Cancelled> {
    for plane in 0..planes {
        task.progress(plane * 100 / planes, format_args!("plane {plane}"));
        task.check()?;
    }
    Ok(planes)
}

/// Waits
#[register(concurrency = 1)]
async fn waits(mut_free: rekuest::Task, _: Task, #[port(default = 1)] steps: u8) {
    for _ in 0..steps {
        mut_free.breakpoint().await;
    }
}

/// Streams
#[register]
fn streams(planes: u32, task: rekuest::__core::Task) -> impl Iterator<Item = String> {
    (0..planes).map(move |plane| format!("{plane} of {}", task.id()))
}

/// A model of this name, under another.
mod plans {
    use rekuest::prelude::Model;

    /// What is to be done.
    #[derive(Model)]
    pub(crate) struct Task {
        pub(crate) name: String,
    }
}

/// Plans
#[register]
fn plan(plan: Plan) -> String {
    plan.name
}

use plans::Task as Plan;

async fn calls(client: &rekuest::Client) {
    let _ = scan::call(client, 1).await;
    let _ = waits::call(client, None).await;
    let _ = streams::stream(client, 1);
    let _ = plan::call(client, Plan { name: String::new() }).await;
}

#[test]
fn it_is_taken() {
    let _ = calls;
    assert_eq!(scan::DEFINITION.args().count(), 1);
    assert_eq!(scan::IMPLEMENTATION.concurrency.map(usize::from), Some(3));
    assert_eq!(scan::IMPLEMENTATION.group, Some("stage"));
    assert_eq!(waits::IMPLEMENTATION.group, None);
}
