use rekuest::prelude::*;

type Name = Option<String>;

#[derive(Union)]
enum Target {
    Number(i64),
    Name(Name),
}

fn main() {}
