//! The runtime of a blocking client.

use tokio::runtime::{Handle, Runtime};

/// A runtime that belongs to a client, and ends with it.
#[derive(Debug)]
pub(crate) struct Owned {
    pub(crate) handle: Handle,
    /// None only while it ends.
    runtime: Option<Runtime>,
}

impl Owned {
    pub(super) fn start() -> std::io::Result<Self> {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).thread_name("rekuest-client").enable_all().build()?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // Also where it must not block: what ends last may be a task of the runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
