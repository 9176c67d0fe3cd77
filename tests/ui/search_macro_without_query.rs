const NONE: rekuest::port::AssignWidget = rekuest::search!(ward = "w");

fn main() {
    let _ = NONE;
}
