#[derive(Model)]
struct Tree {
    children: Vec<Self>,
}
