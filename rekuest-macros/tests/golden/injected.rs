/// Scan
///
/// Scans the planes.
///
/// # Arguments
/// * `task` - where it is reported
/// * `planes` - how many
/// * `name` - of the scan
#[register(concurrency = 2, group = "stage")]
async fn scan(task: rekuest::Task, planes: u32, #[port(default = "scan")] name: String, _: Task) -> Result<u32, Cancelled> {
    task.check()?;
    Ok(planes)
}

/// Park
#[register(concurrency = MOST)]
fn park(task: Task) {}
