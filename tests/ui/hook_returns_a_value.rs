use rekuest::prelude::*;

#[background]
async fn watch() -> i64 {
    1
}

#[shutdown]
fn park() -> Result<i64, String> {
    Ok(1)
}

fn main() {}
