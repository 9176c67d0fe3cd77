//! The shelf: values that stay in this process and travel as the ids of their drawers (protocol, section 2).
//!
//! The server gives the drawers and knows nothing of what is in them. They are gone when the agent registers anew,
//! because `ensureAgent` takes them away.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
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
    values: Mutex<HashMap<String, Value>>,
}

impl Drawers {
    pub(crate) fn new(graphql: Graphql, instance_id: String) -> Self {
        Self { graphql, instance_id, values: Mutex::default() }
    }

    /// Forgets everything: the agent is about to register, and no drawer survives that.
    pub(crate) fn clear(&self) {
        let values = std::mem::take(&mut *self.lock());
        if !values.is_empty() {
            tracing::warn!(
                drawers = values.len(),
                "registering anew, so nothing in memory can be reached any more"
            );
        }
    }

    /// Empties these drawers, at once, and takes them away. Ids that are not known are ignored.
    pub(crate) fn collect(self: &Arc<Self>, drawers: Vec<String>) {
        let emptied: Vec<(String, Value)> = {
            let mut values = self.lock();
            drawers.into_iter().filter_map(|id| values.remove_entry(&id)).collect()
        };
        let this = Arc::clone(self);
        tokio::spawn(async move {
            for (id, value) in emptied {
                drop(value);
                let unshelve = UnshelveMemoryDrawer { instance_id: &this.instance_id, id: &id };
                if let Err(error) = this.graphql.execute(&unshelve).await {
                    tracing::warn!(drawer = %id, "the value was dropped, and its drawer is still there: {error}");
                }
            }
        });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Value>> {
        // A map stays whole, whoever panicked beside it.
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf for Drawers {
    fn put(&self, shelved: Shelved) -> BoxFuture<'_, Result<String, String>> {
        Box::pin(async move {
            let Shelved { identifier, label, description, value } = shelved;
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
            self.lock().insert(drawer.id.clone(), value);
            Ok(drawer.id)
        })
    }

    fn get(&self, drawer: &str) -> Option<Value> {
        self.lock().get(drawer).cloned()
    }
}

impl fmt::Debug for Drawers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Drawers({} values)", self.lock().len())
    }
}
