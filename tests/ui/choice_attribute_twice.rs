use rekuest::prelude::*;

#[derive(Choice)]
#[choice(identifier = "lab.color")]
#[choice(rename_all = "lowercase")]
enum Color {
    #[choice(label = "Rot", label = "Rouge")]
    Red,
    #[choice]
    Green,
    #[choice = "blue"]
    Blue,
}

fn main() {}
