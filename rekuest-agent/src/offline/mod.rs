//! An agent without a connection: it serves the functions of a registry to the process that it is in.
//!
//! What runs is what runs in production: the same limits, queues and threads, the same cancellation and breakpoints, the
//! same gate for terminal events, frames and all. Only who assigns, and who reads what the agent says, is here and not at
//! a server. `rekuest::testing` is made of it.

mod builder;
mod call;
mod event;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rekuest_core::message::{Assign, Capabilities, FromAgent};
use rekuest_core::{Contexts, Function, Registry};
use serde_json::value::RawValue;
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::AbortHandle;

pub use builder::OfflineBuilder;
pub use call::{AssignOptions, OfflineCall};
pub use event::OfflineEvent;

use crate::table::Batch;
use crate::workshop::Workshop;
use event::Teller;

/// An agent without a connection. Cheap to clone; what runs is cancelled when the last clone and the last call are
/// dropped.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use rekuest_agent::offline::{AssignOptions, Offline, OfflineEvent};
/// use rekuest_core::{Function, Registry};
///
/// let mut registry = Registry::new();
/// registry.add(Function::blocking("double", ["x"], |x: i64| 2 * x))?;
/// let agent = Offline::builder(registry).start()?;
///
/// let mut call = agent.assign("double", serde_json::from_str(r#"{"x": 21}"#)?, AssignOptions::default());
/// while let Some(event) = call.next_event().await {
///     if let OfflineEvent::Yield(returns) = event {
///         assert_eq!(returns.get(), r#"{"return0":42}"#);
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Offline(Arc<Shared>);

struct Shared {
    workshop: Arc<Workshop>,
    calls: Arc<Calls>,
    /// How many assignations there were: their ids.
    assigned: AtomicU64,
    reading: AbortHandle,
}

impl Offline {
    /// An agent that serves `registry` to this process.
    pub fn builder(registry: Registry) -> OfflineBuilder {
        OfflineBuilder::new(registry)
    }

    /// On the current runtime.
    fn start(workshop: Arc<Workshop>) -> Self {
        // Where async functions run: here.
        workshop.runtime();
        // Nobody asks about anything.
        workshop.table.connected(&[], Capabilities::ALL);
        let calls = Arc::<Calls>::default();
        let reading = tokio::spawn(read(Arc::clone(&workshop), Arc::clone(&calls))).abort_handle();
        Self(Arc::new(Shared { workshop, calls, assigned: AtomicU64::new(0), reading }))
    }

    /// Assigns a function: `args` is the object of arguments. It runs, or waits for its turn, whether the call is
    /// looked at or not; a call that is dropped before its end is cancelled.
    pub fn assign(
        &self,
        interface: impl Into<String>,
        args: Box<RawValue>,
        options: AssignOptions,
    ) -> OfflineCall {
        let id = (self.0.assigned.fetch_add(1, Ordering::Relaxed) + 1).to_string();
        let (sender, events) = unbounded_channel();
        self.0.calls.lock().insert(id.clone(), Teller::new(sender));
        self.0.workshop.assign(options.assign(Assign::new(interface, id.clone(), args)));
        OfflineCall::new(self.clone(), id, events)
    }

    /// The function under this interface.
    pub fn function(&self, interface: &str) -> Option<&Function> {
        self.0.workshop.function(interface)
    }

    /// Empties drawers of the shelf, as a server's COLLECT does. Ids that are not known are ignored.
    pub fn collect(&self, drawers: impl IntoIterator<Item = impl Into<String>>) {
        self.0.workshop.drawers.collect(drawers.into_iter().map(Into::into).collect());
    }

    /// The shared values, with the shelf: what arguments are written and returns are read with.
    pub fn contexts(&self) -> &Contexts {
        &self.0.workshop.contexts
    }

    /// Waits until no code of a function runs any more: also not of those that were cancelled and go on.
    pub async fn idle(&self) {
        self.table().quiet().await;
    }

    fn table(&self) -> &crate::table::Table {
        &self.0.workshop.table
    }
}

impl fmt::Debug for Offline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Offline").field("functions", &self.0.workshop.functions()).finish_non_exhaustive()
    }
}

/// Work does not outlive its agent.
impl Drop for Shared {
    fn drop(&mut self) {
        self.workshop.table.cancel_all();
        self.reading.abort();
    }
}

/// The calls that are not over, by their assignations.
#[derive(Default)]
struct Calls(Mutex<HashMap<String, Teller>>);

impl Calls {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Teller>> {
        // A map stays whole, whoever panicked beside it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a frame to the call that it is about.
    fn tell(&self, frame: FromAgent) {
        let mut calls = self.lock();
        let Some(id) = frame.assignation().map(str::to_owned) else { return };
        if let Some(teller) = calls.get_mut(&id)
            && teller.tell(frame)
        {
            calls.remove(&id);
        }
    }
}

/// In the place of a server: reads what the agent writes.
async fn read(workshop: Arc<Workshop>, calls: Arc<Calls>) {
    let mut batch = Batch::default();
    loop {
        workshop.table.next_batch(&mut batch).await;
        for frame in batch.drain() {
            match FromAgent::parse(&frame) {
                Ok(frame) => calls.tell(frame),
                Err(error) => tracing::error!("the agent wrote a frame that cannot be read: {error}"),
            }
        }
        workshop.table.delivered();
        // A function that says much at once must not keep the others from the thread.
        tokio::task::yield_now().await;
    }
}
