//! The same for programs without a runtime of their own: see [`client::blocking`](crate::client::blocking) for what is made with
//! `.await` elsewhere and how it is made here.

use crate::Exit;

pub use rekuest_client::blocking::{Client, Items, Running, RunningCall, wait};

/// [`run`](crate::run) on a runtime made for it: all that `main` needs.
pub fn run() -> Exit {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return Exit::failed(format!("the runtime cannot be started: {error}")),
    };
    let exit = runtime.block_on(crate::run());
    // What is left is background work that nobody waits for.
    runtime.shutdown_background();
    exit
}
