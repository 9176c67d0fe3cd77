use rekuest::prelude::*;

#[derive(Model)]
struct Tree {
    name: String,
    children: Vec<Tree>,
    parent: Option<Box<Self>>,
}

#[register]
fn grow(tree: Tree) -> Tree {
    tree
}

fn main() {}
