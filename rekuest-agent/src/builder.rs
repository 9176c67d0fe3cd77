//! Settings of an agent, before there is one.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use rekuest_client::{AccessSource, Graphql, HttpOptions};
use rekuest_core::task::PrintedOutput;
use rekuest_core::{Contexts, Hooks, Registry};

use crate::agent::Agent;
use crate::composition::{Composition, Extensions};
use crate::error::AgentError;
use crate::settings::{Pace, Settings};
use crate::shelf::Drawers;
use crate::workshop::Workshop;

/// Settings of an [`Agent`].
#[derive(Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct AgentBuilder {
    extensions: Extensions,
    hooks: Hooks,
    source: Arc<dyn AccessSource>,
    http: HttpOptions,
    name: String,
    instance_id: String,
    contexts: Contexts,
    settings: Settings,
}

impl AgentBuilder {
    pub(crate) fn new(registry: Registry, source: Arc<dyn AccessSource>) -> Self {
        Self {
            extensions: Extensions::new(registry),
            hooks: Hooks::new(),
            source,
            http: HttpOptions::default(),
            name: "rust".to_owned(),
            instance_id: "default".to_owned(),
            contexts: Contexts::default(),
            settings: Settings::default(),
        }
    }

    /// The name the agent is known by: `identifier:version` (protocol, section 2).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Other timeouts of requests than usual, more authorities that are trusted, or other connections than TCP: for
    /// requests, for the websocket, and for what its functions call.
    pub fn http(mut self, options: HttpOptions) -> Self {
        self.http = options;
        self
    }

    /// The instance of the app; `default` unless set. Two processes of one app need two.
    pub fn instance_id(mut self, instance_id: impl Into<String>) -> Self {
        self.instance_id = instance_id.into();
        self
    }

    /// Functions of a library, beside those of the program: they are registered in an extension of this name. Interfaces
    /// are unique in the app, whatever their extension.
    pub fn extension(mut self, name: impl Into<String>, functions: Registry) -> Self {
        self.extensions.add(name.into(), functions);
        self
    }

    /// What runs at the start, all along and at the end.
    pub fn hooks(mut self, hooks: Hooks) -> Self {
        self.hooks = hooks;
        self
    }

    /// The values and states that the app shares with its functions, beside those that its startup functions make.
    pub fn contexts(mut self, contexts: Contexts) -> Self {
        self.contexts = contexts;
        self
    }

    /// How long running work may take to finish once the agent is asked to end: 30 s unless set. What still runs then is
    /// cancelled.
    pub fn drain(mut self, drain: Duration) -> Self {
        self.settings.drain = drain;
        self
    }

    /// How many assignations run at once; more wait, in the order in which they came. No limit unless set.
    pub fn concurrency(mut self, most: NonZeroUsize) -> Self {
        self.settings.concurrency = Some(most);
        self
    }

    /// How many blocking functions run at once, each on a thread of its own: 256 unless set. More wait, in the order in
    /// which they came. One that was cancelled and does not look keeps its thread until it ends.
    pub fn blocking_threads(mut self, most: NonZeroUsize) -> Self {
        self.settings.blocking_threads = most;
        self
    }

    /// The largest arguments and the largest object of returns, in bytes of JSON: 65 MiB unless set. What is larger ends
    /// the assignation with CRITICAL, which says so.
    pub fn max_message(mut self, bytes: usize) -> Self {
        self.settings.max_message = bytes;
        self
    }

    /// How much is kept of YIELDs and ends that the server has not confirmed, in bytes of memory, and for how long:
    /// 16 MiB and 24 hours unless set. Values of 16 KiB and more have room for one more message of the largest size.
    ///
    /// What waits to be sent is never dropped for its size: functions that yield wait instead. At the bound in bytes, what
    /// was sent and is not confirmed counts as delivered, oldest first, which is logged: it is missing if the connection
    /// breaks in that moment. What has waited for a server that was away for longer than the bound in time is given
    /// up, which is logged as an error; callers that still wait for it when the server is back are told CRITICAL.
    pub fn retention(mut self, bytes: usize, longest: Duration) -> Self {
        self.settings.retention = (bytes, longest);
        self
    }

    /// How fast events are sent; as the server announces unless set.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.settings.pace = pace;
        self
    }

    /// Leaves out the functions that the server refuses, instead of ending with
    /// [`AgentError::FunctionsRefused`]; [`AgentStatus::left_out`](crate::AgentStatus::left_out) names them.
    pub fn leave_out_refused(mut self, leave_out: bool) -> Self {
        self.settings.leave_out_refused = leave_out;
        self
    }

    /// The first delay before coming back after a lost connection, and the longest: 200 ms and 30 s unless set. Each
    /// delay is chosen at random below a limit that doubles from loss to loss, until a connection has proved itself.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.settings.backoff = (first, longest);
        self
    }

    /// After how long without any frame the connection counts as dead: 60 s unless set. Servers send a heartbeat every
    /// 10 to 15 s (protocol, section 4).
    pub fn silence(mut self, silence: Duration) -> Self {
        self.settings.silence = silence;
        self
    }

    /// How long an assignation that the server asks about after a reconnect, and nobody here knows, may still arrive
    /// before its caller is told CRITICAL: 3 s unless set (protocol, section 4).
    pub fn grace(mut self, grace: Duration) -> Self {
        self.settings.grace = grace;
        self
    }

    /// How much may be kept in drawers, in bytes of memory as far as [`Memorable::size`](rekuest_core::Memorable::size)
    /// says: no limit unless set. What was not used for longest makes room for what is new, except what running functions
    /// have; if that does not suffice, what is new is refused, which is an ERROR.
    pub fn shelf_budget(mut self, bytes: usize) -> Self {
        self.settings.shelf_budget = Some(bytes);
        self
    }

    /// Sends what a function prints on standard output to callers who ask for it (`capture`), as LOG before its YIELD.
    /// Not sent unless this is set.
    ///
    /// Standard output belongs to the whole process, so such an assignation runs alone: it waits for all others to end,
    /// and they wait for it, also where that takes long. Calls that name it as their parent do not wait; functions that
    /// call their own app without that would wait for themselves. What a generator prints is sent after its last item.
    pub fn printed_output(mut self, output: Arc<dyn PrintedOutput>) -> Self {
        self.settings.printed_output = Some(output);
        self
    }

    /// The agent, not connected yet. Its hooks run once it [runs](Agent::run).
    ///
    /// # Errors
    /// When what the app is made of does not fit together, when a definition cannot be written, or the threads for
    /// blocking functions cannot be started.
    pub fn build(self) -> Result<Agent, AgentError> {
        let Self { extensions, hooks, source, http, name, instance_id, contexts, settings } = self;
        let composition = Composition::new(extensions, &hooks, contexts)?;
        let graphql = Graphql::with_options(source, http);
        let drawers = Drawers::new(graphql.clone(), instance_id.clone(), settings.shelf_budget);
        let workshop = Workshop::open(&composition, &settings, drawers)?;
        Ok(Agent::new(workshop, graphql, composition, name, instance_id, settings))
    }
}
