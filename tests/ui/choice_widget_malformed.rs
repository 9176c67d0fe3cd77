use rekuest::prelude::*;

/// Does it.
#[register]
fn act(#[port(widget = choice(fast, option("slow", lable = "Slow")))] value: String) {
    let _ = value;
}

fn main() {
    let _ = act::DEFINITION;
}
