use rekuest::prelude::*;

#[startup]
const fn connect() {}

#[background]
fn watch<T>(value: T) {}

#[shutdown]
unsafe fn park() {}

#[shutdown]
#[register]
fn close() {}

#[startup]
struct Stage;

struct Lamp;

impl Lamp {
    #[startup]
    fn light(&self) {}
}

fn main() {}
