use rekuest::prelude::*;

/// Say
#[register]
fn say(text: impl ToString) -> String {
    text.to_string()
}

fn main() {}
