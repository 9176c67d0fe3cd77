use rekuest::prelude::*;

/// Does it.
#[register(generator)]
fn act(value: i64) -> std::time::Duration { std::time::Duration::from_secs(value as u64) }

fn main() {
    let _ = act::DEFINITION;
}
