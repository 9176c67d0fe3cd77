use rekuest::prelude::*;

/// Say
#[register]
fn say() -> &'static str {
    "hello"
}

/// Names
#[register]
async fn names() -> Result<Vec<&'static str>, String> {
    Ok(Vec::new())
}

fn main() {}
