use rekuest::prelude::*;
use rekuest::Task as Assignation;

/// Scan
#[register]
fn scan(assignation: Assignation, planes: u32) -> u32 {
    let _ = assignation;
    planes
}

mod aliases {
    pub(crate) type Job = rekuest::Task;
}

/// Scan again
#[register]
async fn scan_again(planes: u32, job: aliases::Job) -> u32 {
    let _ = job;
    planes
}

fn main() {}
