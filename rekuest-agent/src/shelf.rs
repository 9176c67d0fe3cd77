//! The shelf: values that stay in this process and travel as the ids of their drawers (protocol, section 2).
//!
//! The server gives the drawers and knows nothing of what is in them. They are gone when the agent registers anew,
//! because `ensureAgent` takes them away. An agent without a server gives them itself.

mod contents;

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use futures_util::future::BoxFuture;
use rekuest_client::graphql::operations::{ShelveInMemoryDrawer, UnshelveMemoryDrawer};
use rekuest_client::{Graphql, GraphqlError};
use rekuest_core::value::{InDrawer, Shelf, Shelved};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::work::size;
use contents::{Contents, Kept};

type Value = Arc<dyn Any + Send + Sync>;

/// A value in the memory of an agent, from [`AgentHandle::shelf`](crate::AgentHandle::shelf).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drawer {
    /// Its id, which the value travels as.
    pub id: String,
    /// The identifier of the MEMORY_STRUCTURE.
    pub identifier: &'static str,
    /// What it is called, for people.
    pub label: Option<String>,
    /// What it holds, for people.
    pub description: Option<String>,
    /// How much memory the value takes, in bytes, as far as its type says.
    pub bytes: usize,
    /// How long the value has been there.
    pub age: Duration,
}

/// What one agent keeps in memory.
pub(crate) struct Drawers {
    this: Weak<Self>,
    giver: Giver,
    shelf: Mutex<Contents>,
    /// How much may be kept, in bytes.
    budget: Option<usize>,
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

impl Drawers {
    pub(crate) fn new(graphql: Graphql, instance_id: String, budget: Option<usize>) -> Arc<Self> {
        Self::given_by(Giver::Server { graphql, instance_id }, budget)
    }

    /// Drawers that no server knows of.
    pub(crate) fn offline(budget: Option<usize>) -> Arc<Self> {
        Self::given_by(Giver::Offline(AtomicU64::new(0)), budget)
    }

    fn given_by(giver: Giver, budget: Option<usize>) -> Arc<Self> {
        Arc::new_cyclic(|this| Self { this: this.clone(), giver, shelf: Mutex::default(), budget })
    }

    /// Forgets everything: the agent is about to register, and no drawer survives that, or it has ended. How many
    /// values that were.
    pub(crate) fn clear(&self) -> usize {
        let values = self.lock().clear();
        let cleared = values.len();
        if cleared > 0 {
            discard(values);
        }
        cleared
    }

    /// Empties these drawers, at once, and takes them away. Ids that are not known are ignored.
    pub(crate) fn collect(self: &Arc<Self>, drawers: Vec<String>) {
        let (emptied, values): (Vec<String>, Vec<Value>) = {
            let mut shelf = self.lock();
            drawers.into_iter().filter_map(|id| shelf.remove(&id).map(|value| (id, value))).unzip()
        };
        discard(values);
        let this = Arc::clone(self);
        tokio::spawn(async move {
            for id in emptied {
                this.take_away(&id).await;
            }
        });
    }

    /// What is on the shelf, oldest first.
    pub(crate) fn list(&self) -> Vec<Drawer> {
        self.lock().list()
    }

    fn lock(&self) -> MutexGuard<'_, Contents> {
        // A map stays whole, whoever panicked beside it.
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn take_away(&self, drawer: &str) {
        if let Err(error) = self.giver.take_away(drawer).await {
            tracing::warn!(drawer, "the value was dropped, and its drawer is still there: {error}");
        }
    }

    /// Puts a value on the shelf, in the place of others if there is no room beside them.
    async fn shelve(&self, shelved: Shelved) -> Result<String, String> {
        let Shelved { identifier, size: bytes, .. } = shelved;
        if let Some(budget) = self.budget.filter(|budget| bytes > *budget) {
            return Err(format!(
                "a {identifier} of {} is larger than the shelf, which has room for {} (`App::shelf_budget`)",
                size(bytes),
                size(budget)
            ));
        }
        let generation = self.lock().generation();
        let drawer = self
            .giver
            .give(&shelved)
            .await
            .map_err(|error| format!("the server gave no drawer for a {identifier}: {error}"))?;
        let put = {
            let mut shelf = self.lock();
            if shelf.generation() != generation {
                return Err(format!("the agent registered anew, so the drawer for a {identifier} is gone"));
            }
            shelf.put(drawer.clone(), Kept::new(shelved), self.budget)
        };
        match put {
            Ok(evicted) => {
                self.evict(evicted).await;
                Ok(drawer)
            }
            Err((refused, kept)) => {
                discard(vec![refused]);
                self.take_away(&drawer).await;
                Err(format!(
                    "there is no room on the shelf for a {identifier} of {}: {} of {} are in use by functions that run \
                     (`App::shelf_budget`)",
                    size(bytes),
                    size(kept),
                    size(self.budget.unwrap_or(usize::MAX))
                ))
            }
        }
    }

    async fn evict(&self, evicted: Vec<(String, Value)>) {
        let (ids, values): (Vec<String>, Vec<Value>) = evicted.into_iter().unzip();
        if ids.is_empty() {
            return;
        }
        tracing::info!(drawers = ?ids, "values in memory made room for a newer one (`App::shelf_budget`)");
        discard(values);
        for id in &ids {
            self.take_away(id).await;
        }
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
        let this = self.this.upgrade();
        Box::pin(async move {
            let this = this.ok_or_else(ended)?;
            // In a task of its own: a drawer that the server gives is used or taken away, also when the assignation ends
            // meanwhile.
            let (tell, told) = oneshot::channel();
            tokio::spawn(async move {
                if let Err(Ok(drawer)) = tell.send(this.shelve(shelved).await) {
                    this.collect(vec![drawer]);
                }
            });
            told.await.unwrap_or_else(|_| Err(ended()))
        })
    }

    fn take_back(&self, drawers: Vec<String>) {
        if let Some(this) = self.this.upgrade() {
            this.collect(drawers);
        }
    }

    fn get(&self, drawer: &str) -> Result<InDrawer, String> {
        self.lock().get(drawer)
    }
}

impl fmt::Debug for Drawers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Drawers({} values)", self.lock().len())
    }
}

/// What is kept does not outlive its agent.
impl Drop for Drawers {
    fn drop(&mut self) {
        let values = self.lock().clear();
        values.into_iter().for_each(drop_in_peace);
    }
}

fn ended() -> String {
    "the agent has ended, and its shelf with it".to_owned()
}

/// Drops values where they may block.
fn discard(values: Vec<Value>) {
    let dropping = move || values.into_iter().for_each(drop_in_peace);
    match Handle::try_current() {
        // It reports by itself.
        Ok(runtime) => drop(runtime.spawn_blocking(dropping)),
        Err(_) => dropping(),
    }
}

/// A panic of a value that is dropped ends nothing else.
fn drop_in_peace(value: Value) {
    if catch_unwind(AssertUnwindSafe(move || drop(value))).is_err() {
        tracing::error!("a value that was kept in memory panicked when it was dropped");
    }
}
