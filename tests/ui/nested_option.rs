use rekuest::prelude::*;

/// Find
#[register]
fn find(name: Option<Option<String>>) -> Vec<Option<Option<i64>>> {
    let _ = name;
    Vec::new()
}

fn main() {}
