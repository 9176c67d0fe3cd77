use rekuest::prelude::*;

#[derive(Union)]
enum Target {
    Number(i64),
    Several(Vec<Target>),
}

#[register]
fn go(target: Target) {
    let _ = target;
}

fn main() {}
