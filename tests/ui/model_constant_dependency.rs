use rekuest::prelude::*;

use rekuest::port::Effect;

const HIDDEN: Effect = Effect::hide("(x, simple) => simple", &["simple"]);

#[derive(Model)]
struct Settings {
    #[port(effect = HIDDEN)]
    exposure: f64,
}

fn main() {
    let _ = Settings { exposure: 1.0 };
}
