use rekuest::prelude::*;

/// Run
#[register]
fn run() -> ! {
    loop {}
}

fn main() {}
