use rekuest::prelude::*;

#[derive(Choice)]
#[choice(identifer = "lab.color")]
enum Color {
    #[choice(lable = "Rot", value = 3)]
    Red,
    #[choice(rename = "green")]
    Green,
}

fn main() {}
