use rekuest::prelude::*;

use futures_util::stream::{self, Stream};

/// Does it.
#[register]
fn act(value: i64) -> impl Stream<Item = i64> {
    let shared = std::rc::Rc::new(value);
    stream::iter((0..1).map(move |_| *shared))
}

fn main() {
    let _ = act::DEFINITION;
}
