use rekuest::prelude::*;

struct Stage;

impl Stage {
    /// Move
    #[register]
    fn go(&self, by: i64) -> i64 {
        by
    }
}

fn main() {}
