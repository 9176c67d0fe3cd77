//! The shelf: values that stay in this process and travel as the ids of their drawers (protocol, section 2).
//!
//! The server gives the drawers and knows nothing of what is in them. They are gone when the agent registers anew,
//! because `ensureAgent` takes them away. An agent without a server gives them itself.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::BoxFuture;
use rekuest_client::graphql::operations::{ShelveInMemoryDrawer, UnshelveMemoryDrawer};
use rekuest_client::{Graphql, GraphqlError};
use rekuest_core::value::{Shelf, Shelved};
use uuid::Uuid;

type Value = Arc<dyn Any + Send + Sync>;

/// What one agent keeps in memory.
pub(crate) struct Drawers {
    giver: Giver,
    shelf: Mutex<Contents>,
}

/// Who gives drawers, and takes them away.
enum Giver {
    Server {
        graphql: Graphql,
        instance_id: String,
    },
    /// There is no server: they are numbered here. Holds how many there were.
    Offline(AtomicU64),
}

#[derive(Default)]
struct Contents {
    values: HashMap<String, Value>,
    /// How often everything was forgotten: a drawer that the server gave before is none after it.
    generation: u64,
}

impl Drawers {
    pub(crate) fn new(graphql: Graphql, instance_id: String) -> Self {
        Self { giver: Giver::Server { graphql, instance_id }, shelf: Mutex::default() }
    }

    /// Drawers that no server knows of.
    pub(crate) fn offline() -> Self {
        Self { giver: Giver::Offline(AtomicU64::new(0)), shelf: Mutex::default() }
    }

    /// Forgets everything: the agent is about to register, and no drawer survives that.
    pub(crate) fn clear(&self) {
        let values = {
            let mut shelf = self.lock();
            shelf.generation += 1;
            std::mem::take(&mut shelf.values)
        };
        if !values.is_empty() {
            tracing::warn!(
                drawers = values.len(),
                "registering anew, so nothing in memory can be reached any more"
            );
            discard(values.into_values().collect());
        }
    }

    /// Empties these drawers, at once, and takes them away. Ids that are not known are ignored.
    pub(crate) fn collect(self: &Arc<Self>, drawers: Vec<String>) {
        let (emptied, values): (Vec<String>, Vec<Value>) = {
            let mut shelf = self.lock();
            drawers.into_iter().filter_map(|id| shelf.values.remove_entry(&id)).unzip()
        };
        discard(values);
        let this = Arc::clone(self);
        tokio::spawn(async move {
            for id in emptied {
                if let Err(error) = this.giver.take_away(&id).await {
                    tracing::warn!(drawer = %id, "the value was dropped, and its drawer is still there: {error}");
                }
            }
        });
    }

    fn lock(&self) -> MutexGuard<'_, Contents> {
        // A map stays whole, whoever panicked beside it.
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Giver {
    /// A new drawer; its id.
    async fn give(&self, shelved: &Shelved) -> Result<String, GraphqlError> {
        match self {
            Self::Server { graphql, instance_id } => {
                let shelve = ShelveInMemoryDrawer {
                    instance_id,
                    identifier: shelved.identifier,
                    resource_id: &Uuid::new_v4().to_string(),
                    label: shelved.label.as_deref(),
                    description: shelved.description.as_deref(),
                };
                Ok(graphql.execute(&shelve).await?.id)
            }
            Self::Offline(given) => Ok((given.fetch_add(1, Ordering::Relaxed) + 1).to_string()),
        }
    }

    async fn take_away(&self, drawer: &str) -> Result<(), GraphqlError> {
        match self {
            Self::Server { graphql, instance_id } => {
                graphql.execute(&UnshelveMemoryDrawer { instance_id, id: drawer }).await.map(drop)
            }
            Self::Offline(_) => Ok(()),
        }
    }
}

impl Shelf for Drawers {
    fn put(&self, shelved: Shelved) -> BoxFuture<'_, Result<String, String>> {
        Box::pin(async move {
            let identifier = shelved.identifier;
            let generation = self.lock().generation;
            let drawer = self
                .giver
                .give(&shelved)
                .await
                .map_err(|error| format!("the server gave no drawer for a {identifier}: {error}"))?;
            let mut shelf = self.lock();
            if shelf.generation != generation {
                return Err(format!("the agent registered anew, so the drawer for a {identifier} is gone"));
            }
            shelf.values.insert(drawer.clone(), shelved.value);
            Ok(drawer)
        })
    }

    fn get(&self, drawer: &str) -> Option<Value> {
        self.lock().values.get(drawer).cloned()
    }
}

impl fmt::Debug for Drawers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Drawers({} values)", self.lock().values.len())
    }
}

/// What is kept does not outlive its agent.
impl Drop for Drawers {
    fn drop(&mut self) {
        let values = std::mem::take(&mut self.lock().values);
        values.into_values().for_each(drop_in_peace);
    }
}

/// Drops values where they may block.
fn discard(values: Vec<Value>) {
    // It reports by itself.
    drop(tokio::task::spawn_blocking(move || values.into_iter().for_each(drop_in_peace)));
}

/// A panic of a value that is dropped ends nothing else.
fn drop_in_peace(value: Value) {
    if catch_unwind(AssertUnwindSafe(move || drop(value))).is_err() {
        tracing::error!("a value that was kept in memory panicked when it was dropped");
    }
}
