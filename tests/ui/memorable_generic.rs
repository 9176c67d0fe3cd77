use rekuest::prelude::*;

#[derive(Memorable)]
struct Volume<T> {
    pixels: Vec<T>,
}

#[derive(Memorable)]
union Bits {
    int: u32,
    float: f32,
}

#[register]
fn acquire() -> Memory<Volume<u16>> {
    Memory::new(Volume { pixels: Vec::new() })
}

fn main() {}
