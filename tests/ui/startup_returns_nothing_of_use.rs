use rekuest::prelude::*;

#[startup]
fn connect() -> i64 {
    1
}

#[startup]
async fn open() -> Result<(String,), String> {
    Err("closed".to_owned())
}

#[startup]
fn items() -> impl Iterator<Item = i64> {
    0..3
}

fn main() {}
