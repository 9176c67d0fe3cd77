use rekuest::prelude::*;

/// Read
#[register]
extern "C" fn read(address: u32) -> u32 {
    address
}

fn main() {}
