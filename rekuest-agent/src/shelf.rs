//! The shelf: values that stay in this process and travel as the ids of their drawers (protocol, section 2).
//!
//! The server gives the drawers and knows nothing of what is in them. They are gone when the agent registers anew,
//! because `ensureAgent` takes them away.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::BoxFuture;
use rekuest_client::Graphql;
use rekuest_client::graphql::operations::{ShelveInMemoryDrawer, UnshelveMemoryDrawer};
use rekuest_core::value::{Shelf, Shelved};
use uuid::Uuid;

type Value = Arc<dyn Any + Send + Sync>;

/// What one agent keeps in memory.
pub(crate) struct Drawers {
    graphql: Graphql,
    instance_id: String,
    shelf: Mutex<Contents>,
}

#[derive(Default)]
struct Contents {
    values: HashMap<String, Value>,
    /// How often everything was forgotten: a drawer that the server gave before is none after it.
    generation: u64,
}

impl Drawers {
    pub(crate) fn new(graphql: Graphql, instance_id: String) -> Self {
        Self { graphql, instance_id, shelf: Mutex::default() }
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
                let unshelve = UnshelveMemoryDrawer { instance_id: &this.instance_id, id: &id };
                if let Err(error) = this.graphql.execute(&unshelve).await {
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

impl Shelf for Drawers {
    fn put(&self, shelved: Shelved) -> BoxFuture<'_, Result<String, String>> {
        Box::pin(async move {
            let Shelved { identifier, label, description, value } = shelved;
            let generation = self.lock().generation;
            let shelve = ShelveInMemoryDrawer {
                instance_id: &self.instance_id,
                identifier,
                resource_id: &Uuid::new_v4().to_string(),
                label: label.as_deref(),
                description: description.as_deref(),
            };
            let drawer = self
                .graphql
                .execute(&shelve)
                .await
                .map_err(|error| format!("the server gave no drawer for a {identifier}: {error}"))?;
            let mut shelf = self.lock();
            if shelf.generation != generation {
                return Err(format!("the agent registered anew, so the drawer for a {identifier} is gone"));
            }
            shelf.values.insert(drawer.id.clone(), value);
            Ok(drawer.id)
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
