#[register]
fn home() {}
