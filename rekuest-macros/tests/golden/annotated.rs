/// Moves the stage.
///
/// # Returns
/// where it is now
#[register(
    interfaces = ["@lab/stage"],
    returns(return_widget = custom(hook = "arrow", ward = "lab"), ge = 0),
    port_group(key = "where", title = "Where", ports = ["x", "names"], effect(hide, function = "(x, slow) => slow", dependencies = ["slow"])),
)]
fn step(
    #[port(default = 3, widget = slider(min = 0, max = 10, step = 2), gt = -1, lt = 10.5)] x: i64,
    #[port(len(min = 1, max = 3), item(len(max = 8), widget = choice("a", option("b", label = "B", description = "the b"))))] names: Vec<String>,
    #[port(
        widget = search(
            query = "query ($search: String, $values: [ID]) { options: stages(search: $search, ids: $values) { value: id label: name } }",
            ward = "lab",
            dependencies = ["x"],
            filters(room: String),
        ),
        descriptors(unit = "mm", "pixel size" = 0.5),
    )]
    stage: String,
    #[port(validate = FAST, validate(function = "(v, x) => v > x", message = "too slow", dependencies = ["x"]))]
    speed: f64,
    #[port(effect(message, function = "(s) => s", message = "this takes long", fade = false))] slow: bool,
) -> i64 {
    x
}
