use rekuest::prelude::*;

#[derive(Memorable)]
#[memorable(label = Volume::size, description = missing)]
struct Volume {
    pixels: Vec<u16>,
}

impl Volume {
    fn size(&self) -> usize {
        self.pixels.len()
    }
}

#[register]
fn acquire() -> Memory<Volume> {
    Memory::new(Volume { pixels: Vec::new() })
}

fn main() {}
