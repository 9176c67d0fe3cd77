use rekuest::prelude::*;

const WIDE: rekuest::port::AssignWidget = rekuest::port::AssignWidget::slider(10.0, 0.0);

/// Does it.
#[register]
fn act(#[port(widget = WIDE)] value: i64) {
    let _ = value;
}

fn main() {}
