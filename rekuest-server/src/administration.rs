//! What whoever runs the server can do with agents. The protocol has no mutation for it.

use std::time::Duration;

use rekuest_core::message::ToAgent;

use crate::server::RunningServer;
use crate::state::agents::AgentView;

/// An agent that registered at this server.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownAgent {
    /// Its id, as `ensureAgent` and INIT say it.
    pub id: String,
    /// Its name, `identifier:version`.
    pub name: String,
    /// The instance of its app.
    pub instance_id: String,
    /// The client that its app is.
    pub client: String,
    /// Whether it has a socket.
    pub connected: bool,
    /// Whether its sockets are refused; see [`RunningServer::block`].
    pub blocked: bool,
}

impl From<AgentView> for KnownAgent {
    fn from(agent: AgentView) -> Self {
        Self {
            id: agent.about.id.to_string(),
            name: agent.about.name.clone(),
            instance_id: agent.about.instance_id.clone(),
            client: agent.about.registry.identity.client.clone(),
            connected: agent.connected,
            blocked: agent.blocked,
        }
    }
}

/// Why nothing can be done with an agent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AdministrationError {
    /// No agent of this id has registered since the server started. [`RunningServer::agents`] lists those that have.
    #[error("expected the id of an agent that has registered at this server, got `{id}`")]
    Unknown {
        /// The id that was given.
        id: String,
    },
    /// The agent is known and has no socket. Try again when it is back.
    #[error("the agent `{id}` is not connected")]
    NotConnected {
        /// The agent's id.
        id: String,
    },
    /// Earlier orders still wait for the agent to read them. Wait, or [block](RunningServer::block) it, which cuts it off.
    #[error("the agent `{id}` does not read what it is sent")]
    NotReading {
        /// The agent's id.
        id: String,
    },
}

/// Ordering agents about.
impl RunningServer {
    /// The agents that have registered since the server started, oldest first, connected or not.
    pub fn agents(&self) -> Vec<KnownAgent> {
        self.store.every_agent().into_iter().map(KnownAgent::from).collect()
    }

    /// Tells a connected agent to close its socket and come back, at once or after `after` (BOUNCE). It overtakes
    /// everything that waits to be sent. What the agent does with it is up to the agent.
    ///
    /// # Errors
    /// When no such agent is known, or it is not connected, or does not read.
    pub fn bounce(&self, agent_id: &str, after: Option<Duration>) -> Result<(), AdministrationError> {
        self.store.order(agent_id, &ToAgent::Bounce { duration: after.map(|after| after.as_secs_f64()) })
    }

    /// Tells a connected agent to close its socket and stay away (KICK). It overtakes everything that waits to be sent.
    /// What the agent does with it is up to the agent; [`block`](Self::block) keeps it out.
    ///
    /// # Errors
    /// When no such agent is known, or it is not connected, or does not read.
    pub fn kick(&self, agent_id: &str, reason: impl Into<String>) -> Result<(), AdministrationError> {
        self.store.order(agent_id, &ToAgent::Kick { reason: Some(reason.into()) })
    }

    /// Keeps an agent out: its socket is closed with 4003, and so is each that registers for it, until
    /// [`unblock`](Self::unblock) or the end of the server. Its open assignations are DISCONNECTED and stay open.
    /// Blocking one that is blocked changes nothing.
    ///
    /// # Errors
    /// When no such agent is known.
    pub fn block(&self, agent_id: &str) -> Result<(), AdministrationError> {
        self.store.set_blocked(agent_id, true)
    }

    /// Lets an agent in again. One that is not blocked stays so.
    ///
    /// # Errors
    /// When no such agent is known.
    pub fn unblock(&self, agent_id: &str) -> Result<(), AdministrationError> {
        self.store.set_blocked(agent_id, false)
    }
}
