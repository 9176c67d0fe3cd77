use rekuest::prelude::*;

#[derive(Memorable)]
#[memorable(identifier = "my volume", label = "Volume", descripton = Volume::title)]
struct Volume {
    #[memorable(label = Self::title)]
    pixels: Vec<u16>,
}

#[register]
fn acquire() -> Memory<Volume> {
    Memory::new(Volume { pixels: Vec::new() })
}

fn main() {}
