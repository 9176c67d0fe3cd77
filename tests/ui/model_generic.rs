use rekuest::prelude::*;

#[derive(Model)]
struct Pair<T> {
    left: T,
    right: T,
}

#[derive(Model)]
struct Name<'a> {
    text: &'a str,
}

#[register]
fn join(pair: Pair<i64>) -> String {
    format!("{} {}", pair.left, pair.right)
}

fn main() {}
