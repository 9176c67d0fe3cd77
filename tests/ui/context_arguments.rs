use rekuest::prelude::*;

#[derive(Context)]
#[context(groups = "stage")]
struct Stage {
    #[context(group = "port")]
    port: u8,
}

#[derive(Context)]
#[context(group = "two words")]
struct Lamp;

fn main() {}
