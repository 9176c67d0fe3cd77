/// Connects.
#[startup]
fn connect(instance: &str) -> Result<(Stage, Position), StageError> {
    Stage::open(instance)
}

#[startup(after = [connect], timeout = 2.5)]
pub async fn home() {}

/// Watches.
#[background(on_failure = stop)]
async fn watch(stage: Ctx<Stage>, position: State<Position>) -> Result<(), StageError> {
    stage.watch(position).await
}

#[background(after = [watch])]
fn poll(stop: Stop) {}

#[shutdown(timeout = 1)]
fn park(stage: Ctx<Stage>) {}
