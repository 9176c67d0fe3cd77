use rekuest::prelude::*;

use rekuest::port::Effect;

const HIDDEN: Effect = Effect::hide("(group, simple) => simple", &["simple"]);

/// Does it.
#[register(port_group(key = "more", ports = ["value"], effect = HIDDEN))]
fn act(value: i64) {
    let _ = value;
}

fn main() {}
