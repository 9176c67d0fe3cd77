use rekuest::prelude::*;

#[derive(Clone)]
struct Port;

#[derive(Clone, State)]
struct Stage {
    port: Port,
}

fn main() {}
