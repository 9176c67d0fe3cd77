use rekuest::prelude::*;

/// Scale
#[register]
fn scale(
    #[port(default = "one")] times: i64,
    #[port(default = 1)] by: f64,
    #[port(default = 3)] name: String,
    #[port(default = vec!["a"])] counts: Vec<i64>,
    #[port(default = "five")] maybe: Option<i64>,
) {
    let _ = (times, by, name, counts, maybe);
}

fn main() {}
