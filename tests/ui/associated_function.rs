use rekuest::prelude::*;

struct Stage;

impl Stage {
    /// Home
    #[register]
    fn home() {}
}

fn main() {}
