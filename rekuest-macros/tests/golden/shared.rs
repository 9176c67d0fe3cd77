/// A stage.
#[derive(Context)]
#[context(group = "stage")]
struct Stage {
    port: Mutex<Port>,
}

/// Whatever it holds.
#[derive(Context)]
struct Held<T>(T);

/// Where the stage stands.
#[derive(Clone, State)]
#[state(group = "stage")]
struct Position {
    /// In micrometers.
    x: f64,
    #[port(default = "home", len(max = 8))]
    place: String,
    seen: Vec<i64>,
}

/// Nothing yet.
#[derive(Clone, State)]
#[state(name = "Empty")]
struct Nothing {}
