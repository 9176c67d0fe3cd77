use rekuest::prelude::*;

struct Volume {
    pixels: Vec<u16>,
}

#[register]
fn measure(volume: Memory<Volume>) -> usize {
    volume.get().map_or(0, |volume| volume.pixels.len())
}

fn main() {}
