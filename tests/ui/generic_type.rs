use rekuest::prelude::*;

/// Say
#[register]
fn say<T: ToString>(text: T) -> String {
    text.to_string()
}

fn main() {}
