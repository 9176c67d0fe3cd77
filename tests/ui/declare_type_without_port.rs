use rekuest::prelude::*;

struct Port;

#[declare]
fn open(port: Port) -> Port;

fn main() {}
