use rekuest::prelude::*;

/// Say
#[register]
fn say<'a>(text: std::borrow::Cow<'a, str>) -> String {
    text.into_owned()
}

fn main() {}
