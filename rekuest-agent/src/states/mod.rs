//! The states of an agent, as the server sees them.
//!
//! Each state has a [publisher](publisher::Published): it sends one patch at a time, with all that has changed since the one
//! before, and again until the server has it. When the agent registers, it says what its states are, all at once
//! (protocol, section 2).

mod patch;
mod publisher;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use futures_util::future::join_all;
use rekuest_client::graphql::operations::{SetAgentStates, StateImplementation, StateSchema};
use rekuest_client::{Graphql, GraphqlError};
use rekuest_core::injected::AnyState;
use rekuest_core::{Contexts, ValueError};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use publisher::Published;

/// All states of an agent. None before its startup functions have made them.
#[derive(Default)]
pub(crate) struct States {
    all: OnceLock<Vec<Sent>>,
    /// Nothing has connected since they were registered.
    is_fresh: AtomicBool,
}

struct Sent {
    published: Arc<Published>,
    sending: AbortHandle,
}

/// A state cannot be shown to the server.
#[derive(Debug)]
pub(crate) struct Unwritable {
    pub(crate) state: &'static str,
    pub(crate) error: ValueError,
}

impl States {
    /// Begins to publish the states of the app. Nothing is sent before they are registered.
    ///
    /// # Errors
    /// With the state that has no JSON.
    pub(crate) async fn begin(
        &self,
        graphql: &Graphql,
        instance_id: &str,
        app: &Contexts,
        runtime: &Handle,
    ) -> Result<(), Unwritable> {
        let mut all = Vec::new();
        for state in app.states() {
            let published = Published::new(Arc::clone(&state), graphql.clone(), instance_id, app).await?;
            state.publish_by(Arc::new(published.teller(runtime.clone())));
            let sending = runtime.spawn(Arc::clone(&published).run()).abort_handle();
            all.push(Sent { published, sending });
        }
        // An agent begins once.
        let _ = self.all.set(all);
        Ok(())
    }

    fn published(&self) -> impl Iterator<Item = &Arc<Published>> {
        self.all.get().into_iter().flatten().map(|sent| &sent.published)
    }

    /// Tells the server what the states are: always, also where there are none (protocol, section 2).
    pub(crate) async fn register(&self, graphql: &Graphql, instance_id: &str) -> Result<(), GraphqlError> {
        // Nothing is sent meanwhile: what is registered stands for all that was sent before.
        let mut held = join_all(self.published().map(|published| published.hold())).await;
        let implementations: Vec<StateImplementation<'_>> = held
            .iter()
            .map(|held| StateImplementation {
                interface: held.state.name(),
                state_schema: StateSchema { name: held.state.name(), ports: held.state.ports() },
                initial: held.written(),
            })
            .collect();
        graphql.execute(&SetAgentStates { instance_id, implementations: &implementations }).await?;
        drop(implementations);
        held.iter_mut().for_each(publisher::Held::is_registered);
        self.is_fresh.store(true, Ordering::SeqCst);
        Ok(())
    }

    /// The server has accepted the agent. What it has of the states is certain only if they were just registered: else
    /// they are sent as a whole.
    pub(crate) fn connected(&self) {
        if !self.is_fresh.swap(false, Ordering::SeqCst) {
            self.published().for_each(|published| published.doubt());
        }
    }

    /// Sends nothing any more: the agent has ended, whoever still holds a handle to it.
    pub(crate) fn end(&self) {
        self.all.get().into_iter().flatten().for_each(|sent| sent.sending.abort());
    }

    /// Waits until the server has what the states are now, two seconds at most.
    pub(crate) async fn flushed(&self) {
        join_all(self.published().map(|published| published.flushed())).await;
    }
}

/// The names of the states that an app has twice: they would be one at the server.
pub(crate) fn twice(states: &[Arc<dyn AnyState>]) -> Option<&'static str> {
    // They come sorted by name.
    states.windows(2).find(|pair| pair[0].name() == pair[1].name()).map(|pair| pair[0].name())
}

impl fmt::Debug for States {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.published().map(|published| published.name())).finish()
    }
}
