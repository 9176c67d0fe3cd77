//! An agent without a connection: it serves the functions of a registry to the process that it is in.
//!
//! What runs is what runs in production: the same limits, queues and threads, the same cancellation and breakpoints, the
//! same gate for terminal events, frames and all. Only who assigns, and who reads what the agent says, is here and not at
//! a server. `rekuest::testing` is made of it.

mod builder;
mod call;
mod event;
mod inward;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use rekuest_core::hook::Shutdown;
use rekuest_core::message::{Assign, Capabilities, FromAgent};
use rekuest_core::{Contexts, Function, Registry, Stop};
use serde_json::value::RawValue;
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::AbortHandle;

pub use builder::OfflineBuilder;
pub use call::{AssignOptions, OfflineCall};
pub use event::OfflineEvent;

use crate::composition::Composition;
use crate::error::AgentError;
use crate::hooks::{self, Backgrounds, Failed};
use crate::shelf::Drawer;
use crate::table::Batch;
use crate::workshop::Workshop;
use event::Teller;
use inward::Inward;

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
/// let agent = Offline::builder(registry).start().await?;
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
    /// What runs all along; none after the end.
    backgrounds: Mutex<Option<Backgrounds>>,
    shutdown: Vec<&'static Shutdown>,
    /// A background function has failed without which the agent is not to run.
    failed: Arc<Mutex<Option<AgentError>>>,
}

impl Offline {
    /// An agent that serves `registry` to this process.
    pub fn builder(registry: Registry) -> OfflineBuilder {
        OfflineBuilder::new(registry)
    }

    /// On the current runtime.
    async fn start(
        workshop: Arc<Workshop>,
        composition: Composition,
        instance_id: &str,
    ) -> Result<Self, AgentError> {
        // Where async functions run: here.
        workshop.runtime();
        let Composition { hooks, given: mut app, .. } = composition;
        let stop = Stop::new();
        app.insert(stop.clone());
        if let Err(error) = hooks::start_up(&workshop, &hooks.startup, instance_id, &mut app).await {
            hooks::shut_down(&workshop, &hooks.shutdown, &app).await;
            return Err(error);
        }
        workshop.shares(app.clone());
        // Nobody asks about anything.
        workshop.table.connected(&[], Capabilities::ALL);
        let calls = Arc::<Calls>::default();
        let reading = tokio::spawn(read(Arc::clone(&workshop), Arc::clone(&calls))).abort_handle();
        let failed = Arc::<Mutex<Option<AgentError>>>::default();
        let failing = Arc::clone(&failed);
        let tell: Failed = Arc::new(move |error| {
            lock(&failing).get_or_insert(error);
        });
        let backgrounds = Backgrounds::start(&workshop, &hooks.background, &app, &stop, &tell);
        let shared = Arc::new_cyclic(|shared| {
            workshop.calls_by(Arc::new(Inward::new(Weak::clone(shared))));
            Shared {
                workshop,
                calls,
                assigned: AtomicU64::new(0),
                reading,
                backgrounds: Mutex::new(Some(backgrounds)),
                shutdown: hooks.shutdown,
                failed,
            }
        });
        Ok(Self(shared))
    }

    /// Ends it: what runs is cancelled, background functions end, shutdown functions run. What is assigned later is
    /// refused.
    ///
    /// # Errors
    /// When a background function had failed without which the agent is not to run.
    pub async fn shutdown(&self) -> Result<(), AgentError> {
        let table = self.table();
        table.drain();
        table.cancel_all();
        table.idle().await;
        let backgrounds = lock(&self.0.backgrounds).take();
        if let Some(backgrounds) = backgrounds {
            backgrounds.end().await;
            hooks::shut_down(&self.0.workshop, &self.0.shutdown, self.contexts()).await;
        }
        lock(&self.0.failed).take().map_or(Ok(()), Err)
    }

    /// What is kept in memory, oldest first.
    pub fn shelf(&self) -> Vec<Drawer> {
        self.0.workshop.drawers.list()
    }

    /// Assigns a function: `args` is the object of arguments. It runs, or waits for its turn, whether the call is
    /// looked at or not; a call that is dropped before its end is cancelled.
    pub fn assign(
        &self,
        interface: impl Into<String>,
        args: Box<RawValue>,
        mut options: AssignOptions,
    ) -> OfflineCall {
        let interface = interface.into();
        options.dependencies = self.dependencies(&interface, options.dependencies);
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
        self.0.workshop.contexts()
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

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is in them stays whole, whoever panicked beside it.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Calls {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Teller>> {
        lock(&self.0)
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
