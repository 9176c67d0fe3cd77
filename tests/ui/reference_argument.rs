use rekuest::prelude::*;

/// Say
#[register]
fn say(text: &str, numbers: &[i64], names: Vec<&str>, count: &mut u8, all: &std::vec::Vec<u8>) {
    let _ = (text, numbers, names, count, all);
}

fn main() {}
