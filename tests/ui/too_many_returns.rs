use rekuest::prelude::*;

/// Take
#[register]
fn take() -> (u8, u8, u8, u8, u8, u8, u8, u8, u8) {
    (1, 2, 3, 4, 5, 6, 7, 8, 9)
}

fn main() {}
