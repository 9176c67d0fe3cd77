use rekuest::prelude::*;

#[derive(Union)]
enum Target {
    Number(i64),
    Name(Option<String>),
}

fn main() {}
