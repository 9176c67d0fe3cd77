//! What whoever runs the server does with agents: order them about, and keep them out.

use rekuest_core::message::ToAgent;
use uuid::Uuid;

use super::agents::{Agent, AgentView, Lost};
use super::{Inner, Store};
use crate::administration::AdministrationError;
use crate::ids::Id;

impl Inner {
    fn known_agent(&mut self, id: &str) -> Result<&mut Agent, AdministrationError> {
        let agent = id.parse().ok().and_then(|id: Id| self.agents.get_mut(&id));
        agent.filter(|agent| agent.ensured).ok_or_else(|| AdministrationError::Unknown { id: id.to_owned() })
    }
}

impl Store {
    /// Every agent, of every organization, oldest first.
    pub(crate) fn every_agent(&self) -> Vec<AgentView> {
        self.lock().agents.values().filter(|agent| agent.ensured).map(Agent::view).collect()
    }

    /// Sends a frame to a connected agent, before anything that waits for it. It is for this connection: the next one
    /// does not get it.
    pub(crate) fn order(&self, id: &str, frame: &ToAgent) -> Result<(), AdministrationError> {
        let mut inner = self.lock();
        let agent = inner.known_agent(id)?;
        let Some(connection) = &agent.connection else {
            return Err(AdministrationError::NotConnected { id: id.to_owned() });
        };
        let sent = connection.lane.try_send(frame.to_json(Uuid::new_v4()));
        sent.map_err(|_| AdministrationError::NotReading { id: id.to_owned() })
    }

    /// Refuses the agent's sockets from now on, the one that it has included, or takes them again.
    pub(crate) fn set_blocked(&self, id: &str, blocked: bool) -> Result<(), AdministrationError> {
        let mut inner = self.lock();
        let agent = inner.known_agent(id)?;
        agent.blocked = blocked;
        let id = agent.about.id;
        if blocked {
            self.disconnect(&mut inner, id, Some(Lost::Blocked));
        }
        Ok(())
    }
}
