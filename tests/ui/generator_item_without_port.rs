use rekuest::prelude::*;

/// Does it.
#[register]
fn act(value: i64) -> impl Iterator<Item = std::time::Duration> { (0..value).map(|_| std::time::Duration::ZERO) }

fn main() {
    let _ = act::DEFINITION;
}
