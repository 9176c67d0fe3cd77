use rekuest::prelude::*;

#[derive(Clone, State)]
enum Light {
    On,
    Off,
}

#[derive(Clone, State)]
struct Pair(i64, i64);

fn main() {}
