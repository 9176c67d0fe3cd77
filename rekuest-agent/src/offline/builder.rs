//! Settings of an agent without a connection, before there is one.

use std::num::NonZeroUsize;
use std::sync::Arc;

use rekuest_core::task::PrintedOutput;
use rekuest_core::{Contexts, Hooks, Registry};

use super::Offline;
use crate::composition::{Composition, Extensions};
use crate::error::AgentError;
use crate::settings::{Pace, Settings};
use crate::shelf::Drawers;
use crate::workshop::Workshop;

/// Settings of an [`Offline`] agent: those of an [`AgentBuilder`](crate::AgentBuilder) that have nothing to do with a
/// server.
#[derive(Debug)]
#[must_use = "a builder does nothing until `start`"]
pub struct OfflineBuilder {
    extensions: Extensions,
    hooks: Hooks,
    instance_id: String,
    contexts: Contexts,
    settings: Settings,
}

impl OfflineBuilder {
    pub(super) fn new(registry: Registry) -> Self {
        let settings = Settings { pace: Pace::Unlimited, ..Settings::default() };
        Self {
            extensions: Extensions::new(registry),
            hooks: Hooks::new(),
            instance_id: "default".to_owned(),
            contexts: Contexts::default(),
            settings,
        }
    }

    /// Functions of a library, in an extension of this name; as
    /// [`AgentBuilder::extension`](crate::AgentBuilder::extension).
    pub fn extension(mut self, name: impl Into<String>, functions: Registry) -> Self {
        self.extensions.add(name.into(), functions);
        self
    }

    /// What runs at the start, all along and at the end; as [`AgentBuilder::hooks`](crate::AgentBuilder::hooks).
    pub fn hooks(mut self, hooks: Hooks) -> Self {
        self.hooks = hooks;
        self
    }

    /// The instance of the app, which startup functions are told; `default` unless set.
    pub fn instance_id(mut self, instance_id: impl Into<String>) -> Self {
        self.instance_id = instance_id.into();
        self
    }

    /// How much may be kept in drawers, in bytes; as
    /// [`AgentBuilder::shelf_budget`](crate::AgentBuilder::shelf_budget).
    pub fn shelf_budget(mut self, bytes: usize) -> Self {
        self.settings.shelf_budget = Some(bytes);
        self
    }

    /// The values and states that the app shares with its functions, beside those that its startup functions make.
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

    /// Runs the startup functions. The agent takes assignations from now on; async functions run on the current tokio
    /// runtime.
    ///
    /// # Errors
    /// When what the app is made of does not fit together, a definition cannot be written, the threads for blocking
    /// functions cannot be started, or a startup function fails: then the shutdown functions of what was made have run.
    pub async fn start(self) -> Result<Offline, AgentError> {
        let Self { extensions, hooks, instance_id, contexts, settings } = self;
        let composition = Composition::new(extensions, &hooks, contexts)?;
        let workshop = Workshop::open(&composition, &settings, Drawers::offline(settings.shelf_budget))?;
        Offline::start(workshop, composition, &instance_id).await
    }
}
