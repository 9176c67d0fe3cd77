//! Settings of an agent without a connection, before there is one.

use std::num::NonZeroUsize;
use std::sync::Arc;

use rekuest_core::task::PrintedOutput;
use rekuest_core::{Contexts, Registry};

use super::Offline;
use crate::error::AgentError;
use crate::settings::{Pace, Settings};
use crate::shelf::Drawers;
use crate::workshop::Workshop;

/// Settings of an [`Offline`] agent: those of an [`AgentBuilder`](crate::AgentBuilder) that have nothing to do with a
/// server.
#[derive(Debug)]
#[must_use = "a builder does nothing until `start`"]
pub struct OfflineBuilder {
    registry: Registry,
    contexts: Contexts,
    settings: Settings,
}

impl OfflineBuilder {
    pub(super) fn new(registry: Registry) -> Self {
        let settings = Settings { pace: Pace::Unlimited, ..Settings::default() };
        Self { registry, contexts: Contexts::default(), settings }
    }

    /// The values that the app shares with its functions.
    pub fn contexts(mut self, contexts: Contexts) -> Self {
        self.contexts = contexts;
        self
    }

    /// How many assignations run at once; as [`AgentBuilder::concurrency`](crate::AgentBuilder::concurrency).
    pub fn concurrency(mut self, most: NonZeroUsize) -> Self {
        self.settings.concurrency = Some(most);
        self
    }

    /// How many blocking functions run at once; as
    /// [`AgentBuilder::blocking_threads`](crate::AgentBuilder::blocking_threads).
    pub fn blocking_threads(mut self, most: NonZeroUsize) -> Self {
        self.settings.blocking_threads = most;
        self
    }

    /// The largest arguments and the largest object of returns, in bytes of JSON; as
    /// [`AgentBuilder::max_message`](crate::AgentBuilder::max_message).
    pub fn max_message(mut self, bytes: usize) -> Self {
        self.settings.max_message = bytes;
        self
    }

    /// Sends what a function prints to callers who ask for it; as
    /// [`AgentBuilder::printed_output`](crate::AgentBuilder::printed_output).
    pub fn printed_output(mut self, output: Arc<dyn PrintedOutput>) -> Self {
        self.settings.printed_output = Some(output);
        self
    }

    /// The agent, which takes assignations from now on. Async functions run on the current tokio runtime.
    ///
    /// # Errors
    /// When a definition cannot be written, or the threads for blocking functions cannot be started.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn start(self) -> Result<Offline, AgentError> {
        let Self { registry, contexts, settings } = self;
        Ok(Offline::start(Workshop::open(&registry, &settings, contexts, Drawers::offline())?))
    }
}
