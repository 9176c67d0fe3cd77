//! Assignations, as they are shown.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, Result};
use serde_json::value::{RawValue, to_raw_value};
use std::collections::HashMap;

use super::enums::{AssignationEventKind, AssignationInstructKind};
use super::scalars::{AnyDefault, Args, DateTime, InstanceId};
use super::store;
use super::types_action::Action;
use super::types_agent::{Agent, Registry};
use super::types_event::AssignationEvent;
use super::types_implementation::Implementation;
use super::types_reservation::Reservation;
use crate::ids::Id;
use crate::state::assignations::{AssignationView, Instruct};
use crate::state::registries;

/// One call of an action.
#[derive(Debug)]
pub(super) struct Assignation(pub(super) Arc<AssignationView>);

impl From<AssignationView> for Assignation {
    fn from(view: AssignationView) -> Self {
        Self(Arc::new(view))
    }
}

impl Assignation {
    /// The assignation that a record names.
    pub(super) fn of(ctx: &Context<'_>, id: Id) -> Result<Self> {
        let kept = store(ctx)?.assignation_by_id(id);
        kept.map(Self::from).ok_or_else(|| Error::new("the assignation ended long ago and is no longer kept"))
    }

    fn related(ctx: &Context<'_>, id: Option<Id>) -> Result<Option<Self>> {
        let store = store(ctx)?;
        Ok(id.and_then(|id| store.assignation_by_id(id)).map(Self::from))
    }
}

#[Object]
impl Assignation {
    async fn id(&self) -> ID {
        self.0.call.id.to_string().into()
    }

    async fn reference(&self) -> Option<&str> {
        Some(&self.0.call.reference)
    }

    async fn is_done(&self) -> bool {
        self.0.is_done
    }

    async fn args(&self) -> AnyDefault {
        AnyDefault(self.0.call.args.clone())
    }

    async fn dependencies(&self) -> Result<AnyDefault> {
        Ok(AnyDefault(to_raw_value(&self.0.call.dependencies)?))
    }

    async fn root(&self, ctx: &Context<'_>) -> Result<Option<Assignation>> {
        Self::related(ctx, self.0.call.root)
    }

    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Assignation>> {
        Self::related(ctx, self.0.call.parent)
    }

    /// The reservation that it was made by, while that is held.
    async fn reservation(&self, ctx: &Context<'_>) -> Result<Option<Reservation>> {
        let store = store(ctx)?;
        Ok(self.0.call.reservation.and_then(|id| store.reservation_by_id(id)).map(Reservation))
    }

    async fn action(&self) -> Action {
        Action(Arc::clone(&self.0.call.action))
    }

    async fn capture(&self) -> bool {
        self.0.call.capture
    }

    async fn implementation(&self) -> Implementation {
        Implementation(Arc::clone(&self.0.call.implementation))
    }

    async fn latest_event_kind(&self) -> AssignationEventKind {
        self.0.latest_event.into()
    }

    async fn latest_instruct_kind(&self) -> AssignationInstructKind {
        self.0.latest_instruct.into()
    }

    async fn status_message(&self) -> Option<&str> {
        self.0.status_message.as_deref()
    }

    async fn waiter(&self) -> Waiter {
        Waiter(Arc::clone(&self.0.call.waiter))
    }

    async fn created_at(&self) -> DateTime {
        DateTime(self.0.call.created_at)
    }

    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    async fn ephemeral(&self) -> bool {
        self.0.call.ephemeral
    }

    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<Assignation>> {
        let children = store(ctx)?.assignations(|call| call.parent == Some(self.0.call.id));
        Ok(children.into_iter().map(Into::into).collect())
    }

    async fn agent(&self, ctx: &Context<'_>) -> Result<Option<Agent>> {
        Agent::of(ctx, self.0.call.implementation.agent).map(Some)
    }

    /// The last ten of any kind, newest first.
    async fn events(&self) -> Vec<AssignationEvent> {
        self.0.events.iter().cloned().map(AssignationEvent).collect()
    }

    /// The last ten, newest first.
    async fn instructs(&self) -> Vec<AssignationInstruct> {
        self.0.instructs.iter().cloned().map(AssignationInstruct).collect()
    }

    async fn arg(&self, key: String) -> Option<Args> {
        let args: HashMap<String, Box<RawValue>> = serde_json::from_str(self.0.call.args.get()).ok()?;
        args.get(&key).filter(|value| value.get() != "null").map(|value| Args(value.clone()))
    }
}

/// The caller's side of an agent.
#[derive(Debug)]
pub(super) struct Waiter(pub(super) Arc<registries::Waiter>);

#[Object]
impl Waiter {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn instance_id(&self) -> InstanceId {
        InstanceId(self.0.instance_id.clone())
    }

    async fn registry(&self) -> Registry {
        Registry(Arc::clone(&self.0.registry))
    }
}

/// One instruction that was sent.
#[derive(Debug)]
pub(super) struct AssignationInstruct(Instruct);

#[Object]
impl AssignationInstruct {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn assignation(&self, ctx: &Context<'_>) -> Result<Assignation> {
        Assignation::of(ctx, self.0.assignation)
    }

    async fn kind(&self) -> AssignationInstructKind {
        self.0.kind.into()
    }

    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}
