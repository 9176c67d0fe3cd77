//! How a call is made.

use std::collections::BTreeMap;
use std::time::Duration;

use uuid::Uuid;

/// How a call is made.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// After how long, from the start to the end, the caller gives up; none waits for ever. Giving up asks the server
    /// to cancel the assignation.
    pub timeout: Option<Duration>,
    /// For how long the agent may tell nothing before the caller gives up; none waits for ever.
    pub idle_timeout: Option<Duration>,
    /// What the caller does when the agent is disconnected.
    pub on_disconnect: OnDisconnect,
    /// The caller's own name for the call, by which its events and, after a lost answer, the call itself are found; none
    /// takes a new one. Servers do not look whether they had it before.
    pub reference: Option<Uuid>,
    /// The assignation that the call is a part of.
    pub parent: Option<String>,
    /// The implementations that are to serve the function's dependencies, ids by key. The server chooses those that are
    /// not named.
    pub dependencies: BTreeMap<String, String>,
    /// Asks for the function's logs. Agents of this generation send them in any case.
    pub log: bool,
    /// Asks for everything that the function logs and traces, whatever its level.
    pub capture: bool,
    /// Allows the server to answer with what an earlier call returned. Servers of this generation never do.
    pub cached: bool,
    /// Asks the server to keep nothing of the call after its end. Servers of this generation keep it all the same.
    pub ephemeral: bool,
    /// Asks for the call to begin paused. Servers of this generation begin at once.
    pub step: bool,
    /// What is to run around the call. No server of this generation can: with hooks, a call fails before it is sent.
    pub hooks: Vec<CallHook>,
}

/// What a caller does when the agent that runs its call is disconnected: it may come back and go on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnDisconnect {
    /// Waits, for as long as the call's timeouts allow.
    #[default]
    Wait,
    /// Gives up with [`CallError::AgentAway`](super::CallError::AgentAway) if the agent is not back after so long.
    FailAfter(Duration),
}

/// An action that is to run around a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallHook {
    /// When.
    pub kind: CallHookKind,
    /// The hash of the action.
    pub hash: String,
}

/// When a hook of a call runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallHookKind {
    /// Before it.
    Init,
    /// After it.
    Cleanup,
}

/// The methods that say how a call is made, of a type with `fn with(self, impl FnOnce(&mut CallOptions)) -> Self`.
macro_rules! option_methods {
    () => {
        /// Gives up after `timeout`, counted from the start of the call to its end, and asks for its cancellation.
        pub fn timeout(self, timeout: Duration) -> Self {
            self.with(|options| options.timeout = Some(timeout))
        }

        /// Gives up when the agent tells nothing for `timeout`, and asks for the cancellation of the call.
        pub fn idle_timeout(self, timeout: Duration) -> Self {
            self.with(|options| options.idle_timeout = Some(timeout))
        }

        /// Says what is done when the agent is disconnected: it is waited for, unless said here.
        pub fn on_disconnect(self, policy: OnDisconnect) -> Self {
            self.with(|options| options.on_disconnect = policy)
        }

        /// The caller's own name for the call, see [`CallOptions::reference`]; a new one unless said here.
        pub fn reference(self, reference: Uuid) -> Self {
            self.with(|options| options.reference = Some(reference))
        }

        /// Makes the call a part of this assignation.
        pub fn parent(self, assignation: impl Into<String>) -> Self {
            self.with(|options| options.parent = Some(assignation.into()))
        }

        /// Has one of the function's dependencies served by this implementation, by its id, instead of by one that the
        /// server chooses.
        pub fn dependency(self, key: impl Into<String>, implementation: impl Into<String>) -> Self {
            self.with(|options| {
                options.dependencies.insert(key.into(), implementation.into());
            })
        }

        /// Whether the function's logs are asked for, see [`CallOptions::log`].
        pub fn log(self, log: bool) -> Self {
            self.with(|options| options.log = log)
        }

        /// Whether everything that the function logs and traces is asked for, see [`CallOptions::capture`].
        pub fn capture(self, capture: bool) -> Self {
            self.with(|options| options.capture = capture)
        }

        /// Whether an earlier call's returns will do, see [`CallOptions::cached`].
        pub fn cached(self, cached: bool) -> Self {
            self.with(|options| options.cached = cached)
        }

        /// Whether nothing of the call is to be kept, see [`CallOptions::ephemeral`].
        pub fn ephemeral(self, ephemeral: bool) -> Self {
            self.with(|options| options.ephemeral = ephemeral)
        }

        /// Whether the call is to begin paused, see [`CallOptions::step`].
        pub fn step(self, step: bool) -> Self {
            self.with(|options| options.step = step)
        }

        /// Has the action with this hash run around the call, see [`CallOptions::hooks`].
        pub fn hook(self, kind: CallHookKind, hash: impl Into<String>) -> Self {
            self.with(|options| options.hooks.push(CallHook { kind, hash: hash.into() }))
        }
    };
}
pub(super) use option_methods;
