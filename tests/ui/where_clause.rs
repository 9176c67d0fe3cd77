use rekuest::prelude::*;

/// Say
#[register]
fn say(text: String) -> String
where
    String: Clone,
{
    text
}

fn main() {}
