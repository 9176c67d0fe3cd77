use rekuest::prelude::*;

/// Read
#[register]
unsafe fn read(address: u32) -> u32 {
    address
}

fn main() {}
