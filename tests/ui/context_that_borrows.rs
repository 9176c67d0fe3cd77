use rekuest::prelude::*;

#[derive(Context)]
struct Borrowed<'a>(&'a str);

#[derive(Context)]
struct Local(std::rc::Rc<u8>);

fn main() {}
