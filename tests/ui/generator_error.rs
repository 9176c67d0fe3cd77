use rekuest::prelude::*;

struct Broken;

/// Does it.
#[register]
fn act(value: i64) -> Result<impl Iterator<Item = i64>, Broken> {
    if value > 0 { Ok(0..value) } else { Err(Broken) }
}

fn main() {
    let _ = act::DEFINITION;
}
