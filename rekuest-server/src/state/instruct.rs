//! `cancel`, `interrupt`, `pause`, `resume`, `step`: instructions to the agent that runs an assignation.

use rekuest_core::message::ToAgent;
use uuid::Uuid;

use super::assignations::{AssignationView, EventKind, Instruct, InstructKind};
use super::registries::Registry;
use super::{Refused, Store};
use crate::ids::Id;
use crate::time::Timestamp;

impl Store {
    /// Sends an instruction, at once or when its agent comes back. It always succeeds, as the protocol has it; the
    /// effect is what the agent answers. One that has ended is left as it is.
    pub(crate) fn instruct(
        &self,
        caller: &Registry,
        id: &str,
        kind: InstructKind,
    ) -> Result<AssignationView, Refused> {
        let not_found = || Refused::not_found("assignation", id);
        let known: Id = id.parse().map_err(|_| not_found())?;
        let frame = frame(known, kind);
        let mut inner = self.lock();
        let inner = &mut *inner;
        let entry = inner
            .assignations
            .entries
            .get_mut(&known)
            .filter(|entry| caller.sees(&entry.call.waiter.registry))
            .ok_or_else(not_found)?;
        if !entry.is_done {
            if let Some(agent) = inner.agents.get(&entry.call.implementation.agent) {
                agent.outbox.push(frame)?;
            }
            entry.instruct(Instruct {
                id: self.ids.next(),
                assignation: known,
                kind,
                created_at: Timestamp::now(),
            });
            match kind {
                InstructKind::Cancel => entry.latest_event = EventKind::Canceling,
                InstructKind::Interrupt => entry.latest_event = EventKind::Interupting,
                _ => {}
            }
        }
        Ok(entry.view())
    }
}

fn frame(assignation: Id, kind: InstructKind) -> String {
    let assignation = assignation.to_string();
    let frame = match kind {
        InstructKind::Interrupt => ToAgent::Interrupt { assignation },
        InstructKind::Pause => ToAgent::Pause { assignation },
        InstructKind::Resume => ToAgent::Resume { assignation },
        InstructKind::Step => ToAgent::Step { assignation },
        InstructKind::Cancel | InstructKind::Assign => ToAgent::Cancel { assignation },
    };
    frame.to_json(Uuid::new_v4())
}
