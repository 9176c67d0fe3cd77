use rekuest::prelude::*;

/// A stage
#[register]
struct Stage {
    x: f64,
}

#[register]
impl Stage {
    fn new() -> Self {
        Self { x: 0.0 }
    }
}

#[register]
const LIMIT: i64 = 3;

#[register]
mod stage {}

fn main() {}
