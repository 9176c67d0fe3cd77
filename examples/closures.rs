//! An app in code: its identifier, its functions from closures, no command line.

use rekuest::{App, Function};

#[tokio::main]
async fn main() -> rekuest::Exit {
    let scale = Function::blocking("scale", ["value", "by"], |value: f64, by: f64| value * by)
        .description("Scales a value")
        .describe("value", "what is scaled")
        .describe("by", "the factor")
        .default("by", 2.0);
    let wait = Function::future("wait", ["seconds"], |seconds: u32| async move {
        tokio::time::sleep(std::time::Duration::from_secs(seconds.into())).await;
    })
    .description("Waits");

    App::new("closures").version(env!("CARGO_PKG_VERSION")).function(scale).function(wait).run().await
}
