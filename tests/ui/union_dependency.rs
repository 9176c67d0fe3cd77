use rekuest::prelude::*;

#[derive(Union)]
enum Length {
    #[port(validate(function = "(v, other) => v > other", dependencies = ["1"]))]
    Pixels(i64),
    Text(String),
}

fn main() {
    let _ = (Length::Pixels(1), Length::Text(String::new()));
}
