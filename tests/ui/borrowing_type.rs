use rekuest::prelude::*;

use std::borrow::Cow;

/// Say
#[register]
fn say(text: Cow<'_, str>) {
    let _ = text;
}

fn main() {}
