//! Events, and what subscriptions send, as they are shown.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::enums::{AssignationEventKind, LogLevel, name_of};
use super::scalars::{AnyDefault, DateTime};
use super::store;
use super::types_agent::Agent;
use super::types_assignation::Assignation;
use crate::state::assignations::Event;

/// What happened to an assignation.
#[derive(Debug)]
pub(super) struct AssignationEvent(pub(super) Arc<Event>);

#[Object]
impl AssignationEvent {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn name(&self) -> &str {
        name_of(AssignationEventKind::from(self.0.kind))
    }

    async fn returns(&self) -> Option<AnyDefault> {
        self.0.returns.as_deref().map(Into::into)
    }

    async fn assignation(&self, ctx: &Context<'_>) -> Result<Assignation> {
        // Most ask for what does not change alone, with every event.
        if ctx.field().selection_set().all(|field| matches!(field.name(), "id" | "reference")) {
            return Ok(Assignation(Arc::new(self.0.as_last())));
        }
        match store(ctx)?.assignation_by_id(self.0.assignation.id) {
            Some(view) => Ok(view.into()),
            // It ended and was dropped while this event was on its way: it is shown as this event left it.
            None => Ok(Assignation(Arc::new(self.0.as_last()))),
        }
    }

    async fn kind(&self) -> AssignationEventKind {
        self.0.kind.into()
    }

    async fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    async fn progress(&self) -> Option<i64> {
        self.0.progress
    }

    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    async fn delegated_to(&self, ctx: &Context<'_>) -> Result<Option<Assignation>> {
        let store = store(ctx)?;
        Ok(self.0.delegated_to.and_then(|id| store.assignation_by_id(id)).map(Into::into))
    }

    async fn level(&self) -> LogLevel {
        self.0.level.into()
    }

    async fn reference(&self) -> &str {
        &self.0.assignation.reference
    }
}

/// A call was made, or something happened to one: one of the two.
#[derive(Debug, SimpleObject)]
pub(super) struct AssignationChangeEvent {
    pub(super) event: Option<AssignationEvent>,
    pub(super) create: Option<Assignation>,
}

/// An agent was made or changed.
#[derive(Debug, SimpleObject)]
pub(super) struct AgentChangeEvent {
    pub(super) update: Option<Agent>,
    pub(super) create: Option<Agent>,
}
