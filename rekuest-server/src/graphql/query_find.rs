//! `action(…)`: the ways to name one action.

use async_graphql::{Context, Error, ID, Result};

use super::inputs_demands::ActionDependencyInput;
use super::scalars::ActionHash;
use super::types_action::Action;
use super::{caller, store};

/// What names an action; the first that is given counts.
pub(super) struct Named {
    pub(super) id: Option<ID>,
    pub(super) assignation: Option<ID>,
    pub(super) implementation: Option<ID>,
    pub(super) agent: Option<ID>,
    pub(super) interface: Option<String>,
    pub(super) hash: Option<ActionHash>,
    pub(super) matching: Option<ActionDependencyInput>,
}

impl Named {
    pub(super) fn find(self, ctx: &Context<'_>) -> Result<Action> {
        let (store, caller) = (store(ctx)?, caller(ctx)?);
        if let Some(id) = self.id {
            return Ok(Action(store.action(&caller, &id)?));
        }
        if let Some(hash) = self.hash {
            return Ok(Action(store.action_of_hash(&caller, &hash.0)?));
        }
        if let Some(implementation) = self.implementation {
            return Ok(Action(store.implementation(&caller, &implementation)?.action.clone()));
        }
        if let (Some(agent), Some(interface)) = (&self.agent, &self.interface) {
            return Ok(Action(store.implementation_at(&caller, agent, interface)?.action.clone()));
        }
        if let Some(assignation) = self.assignation {
            return Ok(Action(store.assignation(&caller, &assignation)?.call.action.clone()));
        }
        if let Some(matching) = self.matching {
            return Ok(Action(store.action_fitting(&caller, &matching.demand())?));
        }
        Err(Error::new(
            "expected one of `id`, `hash`, `implementation`, `agent` with `interface`, `assignation`, `matching`",
        ))
    }
}
