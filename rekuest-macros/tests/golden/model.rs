/// A point in space.
///
/// In meters.
#[derive(Model)]
pub struct Point {
    /// The first coordinate.
    x: i64,
    #[port(default = 1.5, ge = 0, label = "Y")]
    y: f64,
    #[port(default = "origin", description = "what it is called")]
    r#type: Option<String>,
}

#[derive(Model)]
#[model(identifier = "nothing", crate = renamed)]
struct Empty {}
