use rekuest::prelude::*;

trait Stream {
    type Item;
}

struct Frames;

impl Stream for Frames {
    type Item = i64;
}

/// Watch
#[register]
async fn watch() -> Result<impl Stream<Item = i64>, String> {
    Ok(Frames)
}

fn main() {}
