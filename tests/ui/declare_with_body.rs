use rekuest::prelude::*;

#[declare]
fn other(x: i64) -> String {
    x.to_string()
}

fn main() {}
