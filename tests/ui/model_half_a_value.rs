use rekuest::prelude::*;
use rekuest::{Port, PortKind, PortType};

struct Temperature(f64);

impl PortType for Temperature {
    const PORT: Port = Port::new(PortKind::Float);
}

#[derive(Model)]
struct Weather {
    humidity: f64,
    temperature: Temperature,
}

fn main() {}
