use rekuest::prelude::*;

struct Foreign;

/// Looks.
#[register]
fn look(foreign: Ctx<Foreign>) {}

#[register]
fn glance(foreign: ReadOnly<Ctx<Foreign>>) {}

fn main() {}
