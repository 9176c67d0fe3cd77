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

/// Moves, and looks.
#[register(group = "axes", ungrouped, dependencies = [focus, optional(lab::light)])]
fn shift(stage: Ctx<Stage>, position: State<Position>, camera: ReadOnly<Ctx<Camera>>, by: f64, task: Task) {}

/// Looks.
#[register]
fn look(position: ReadOnly<State<Position>>, state: State) {}
