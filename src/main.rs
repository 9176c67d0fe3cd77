//! `rekuest`: the command line of every app, for those that are provided elsewhere.

use rekuest::{App, Exit};

#[tokio::main]
async fn main() -> Exit {
    App::new("rekuest").run().await
}
