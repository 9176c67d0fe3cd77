use rekuest::prelude::*;

#[derive(Model)]
struct Label {
    text: &'static str,
    parts: Vec<&'static [u8]>,
    size: Option<Option<i64>>,
}

#[register]
fn print(label: Label) {
    let _ = label;
}

fn main() {}
