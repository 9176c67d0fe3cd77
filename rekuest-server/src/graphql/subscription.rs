//! What can be subscribed to. Everything is live only: nothing is replayed (protocol, section 3), save for callers that
//! would hang over it, see `patience`.
//!
//! Policy for slow subscribers: each may be as far behind as its backlog holds. One that is further behind has missed
//! something, so it is cut: its stream ends and its websocket is closed. Nothing is ever left out silently.

use std::pin::Pin;
use std::sync::Arc;

use async_graphql::{Context, ID, Result};
use futures_util::{Stream, StreamExt as _, stream};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Notify, broadcast};

use super::patience::{OlderProtocol, REACH, patient};
use super::scalars::InstanceId;
use super::types_agent::Agent;
use super::types_assignation::Assignation;
use super::types_event::{AgentChangeEvent, AssignationChangeEvent, AssignationEvent};
use super::types_reservation::Reservation;
use super::types_state::State;
use super::{caller, store};
use crate::state::assignations::Change;

/// Tells the websocket of a subscription that it has missed something.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lagged(pub(crate) Arc<Notify>);

/// The root of subscriptions.
#[derive(Debug)]
pub(crate) struct Subscription;

pub(super) type Live<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

/// Whom to tell, if the subscription has a websocket.
fn lagged(ctx: &Context<'_>) -> Option<Lagged> {
    ctx.data_opt::<Lagged>().cloned()
}

/// What a channel publishes and `select` takes, until the subscriber falls behind.
pub(super) fn live<C, T>(
    lagged: Option<Lagged>,
    changes: broadcast::Receiver<C>,
    select: impl Fn(C) -> Option<T> + Send + Sync + 'static,
) -> Live<T>
where
    C: Clone + Send + 'static,
    T: Send + 'static,
{
    let received = stream::unfold((changes, lagged), |(mut changes, lagged)| async move {
        match changes.recv().await {
            Ok(change) => Some((change, (changes, lagged))),
            Err(RecvError::Closed) => None,
            Err(RecvError::Lagged(missed)) => {
                tracing::warn!(missed, "a subscriber was too slow and is cut");
                if let Some(Lagged(lagged)) = lagged {
                    lagged.notify_one();
                }
                None
            }
        }
    });
    Box::pin(received.filter_map(move |change| std::future::ready(select(change))))
}

/// What happens to the calls made under the caller's identity and this instance.
fn changes(ctx: &Context<'_>, instance_id: &InstanceId) -> Result<Live<Change>> {
    let caller = caller(ctx)?;
    let store = store(ctx)?;
    if ctx.data_opt::<OlderProtocol>().is_none() {
        return Ok(live(lagged(ctx), store.subscribe(&caller, &instance_id.0), Some));
    }
    let (past, coming) = store.subscribe_from(&caller, &instance_id.0, REACH);
    Ok(Box::pin(patient(past, live(lagged(ctx), coming, Some))))
}

#[async_graphql::Subscription]
impl Subscription {
    /// The calls made under the caller's identity and this instance, and what happens to them.
    async fn assignations(
        &self,
        ctx: &Context<'_>,
        instance_id: InstanceId,
    ) -> Result<Live<AssignationChangeEvent>> {
        Ok(Box::pin(changes(ctx, &instance_id)?.map(|change| match change {
            Change::Created(view) => AssignationChangeEvent { event: None, create: Some(Assignation(view)) },
            Change::Event(event) => {
                AssignationChangeEvent { event: Some(AssignationEvent(event)), create: None }
            }
        })))
    }

    /// What happens to the calls made under the caller's identity and this instance.
    async fn assignation_events(
        &self,
        ctx: &Context<'_>,
        instance_id: InstanceId,
    ) -> Result<Live<AssignationEvent>> {
        let events = changes(ctx, &instance_id)?.filter_map(|change| {
            std::future::ready(match change {
                Change::Created(_) => None,
                Change::Event(event) => Some(AssignationEvent(event)),
            })
        });
        Ok(Box::pin(events))
    }

    /// The caller's reservations under this instance, whenever they are made, end, or have others viable.
    async fn reservations(&self, ctx: &Context<'_>, instance_id: InstanceId) -> Result<Live<Reservation>> {
        let caller = caller(ctx)?;
        let changes = store(ctx)?.subscribe_reservations();
        Ok(live(lagged(ctx), changes, move |change| {
            change.about.belongs_to(&caller, Some(&instance_id.0)).then_some(Reservation(change))
        }))
    }

    /// Agents of the caller's organization that are made, connect or disconnect.
    async fn agents(&self, ctx: &Context<'_>) -> Result<Live<AgentChangeEvent>> {
        let caller = caller(ctx)?;
        let changes = store(ctx)?.subscribe_agents();
        Ok(live(lagged(ctx), changes, move |change| {
            if !caller.sees(&change.agent.about.registry) {
                return None;
            }
            let agent = Some(Agent(change.agent));
            Some(if change.created {
                AgentChangeEvent { update: None, create: agent }
            } else {
                AgentChangeEvent { update: agent, create: None }
            })
        }))
    }

    /// The values of one state, as they change; refused if there is no such state.
    async fn state_update_events(&self, ctx: &Context<'_>, state_id: ID) -> Result<Live<State>> {
        let caller = caller(ctx)?;
        let store = store(ctx)?;
        let changes = store.subscribe_states();
        let wanted = store.state(&caller, &state_id)?.id;
        Ok(live(lagged(ctx), changes, move |state| (state.id == wanted).then_some(State(state))))
    }
}
