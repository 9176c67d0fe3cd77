use rekuest::prelude::*;

#[derive(Union)]
#[union(identifier = "target")]
#[port(label = "Target")]
enum Target {
    #[port(default = 3)]
    Number(i64),
    Name(#[port(label = "Name")] String),
    #[union(crate = rekuest)]
    Flag(bool),
}

#[register]
fn go(target: Target) {
    let _ = target;
}

fn main() {}
