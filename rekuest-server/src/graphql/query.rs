//! What can be asked.

use async_graphql::{Context, Error, ID, Object, Result};

use super::inputs_demands::{ActionDemandInput, ActionDependencyInput};
use super::inputs_filters::{
    ActionFilter, ActionOrder, AgentFilter, AgentOrder, ImplementationFilter, ImplementationOrder,
    OffsetPaginationInput,
};
use super::query_find::Named;
use super::scalars::{ActionHash, InstanceId};
use super::types_action::Action;
use super::types_agent::Agent;
use super::types_assignation::Assignation;
use super::types_event::AssignationEvent;
use super::types_implementation::Implementation;
use super::types_state::State;
use super::{caller, lookups, store};

/// The root of queries.
#[derive(Debug)]
pub(crate) struct Query;

#[Object]
impl Query {
    async fn agents(
        &self,
        ctx: &Context<'_>,
        filters: Option<AgentFilter>,
        order: Option<AgentOrder>,
        pagination: Option<OffsetPaginationInput>,
    ) -> Result<Vec<Agent>> {
        let store = store(ctx)?;
        let seen = store.agents(&*caller(ctx)?);
        Ok(lookups::agents(store, seen, filters, order, pagination))
    }

    async fn agent(&self, ctx: &Context<'_>, id: ID) -> Result<Agent> {
        Ok(Agent(store(ctx)?.agent(&*caller(ctx)?, &id)?))
    }

    async fn actions(
        &self,
        ctx: &Context<'_>,
        filters: Option<ActionFilter>,
        order: Option<ActionOrder>,
        pagination: Option<OffsetPaginationInput>,
    ) -> Result<Vec<Action>> {
        let seen = store(ctx)?.actions(&*caller(ctx)?);
        Ok(lookups::actions(seen, filters, order, pagination))
    }

    #[allow(clippy::too_many_arguments, reason = "one for each argument of the protocol's field")]
    async fn action(
        &self,
        ctx: &Context<'_>,
        #[graphql(default)] id: Option<ID>,
        #[graphql(default)] assignation: Option<ID>,
        #[graphql(default)] implementation: Option<ID>,
        #[graphql(default)] agent: Option<ID>,
        #[graphql(default)] interface: Option<String>,
        #[graphql(default)] hash: Option<ActionHash>,
        #[graphql(default)] matching: Option<ActionDependencyInput>,
    ) -> Result<Action> {
        Named { id, assignation, implementation, agent, interface, hash, matching }.find(ctx)
    }

    async fn implementations(
        &self,
        ctx: &Context<'_>,
        filters: Option<ImplementationFilter>,
        order: Option<ImplementationOrder>,
        pagination: Option<OffsetPaginationInput>,
    ) -> Result<Vec<Implementation>> {
        let store = store(ctx)?;
        let seen = store.implementations(&*caller(ctx)?);
        Ok(lookups::implementations(store, seen, filters, order, pagination))
    }

    async fn implementation(&self, ctx: &Context<'_>, id: ID) -> Result<Implementation> {
        Ok(Implementation(store(ctx)?.implementation(&*caller(ctx)?, &id)?))
    }

    async fn implementation_at(
        &self,
        ctx: &Context<'_>,
        agent: ID,
        #[graphql(default)] extension: Option<String>,
        #[graphql(default)] interface: Option<String>,
        #[graphql(default)] action_hash: Option<String>,
        #[graphql(default)] demand: Option<ActionDemandInput>,
    ) -> Result<Implementation> {
        let store = store(ctx)?;
        let agent = store.agent(&*caller(ctx)?, &agent)?.about.id;
        let demand = demand.map(|demand| demand.demand());
        let found = store.implementations_at(agent).into_iter().find(|one| {
            extension.as_ref().is_none_or(|extension| *extension == one.extension)
                && interface.as_ref().is_none_or(|interface| *interface == one.interface)
                && action_hash.as_ref().is_none_or(|hash| *hash == one.action.hash)
                && demand.as_ref().is_none_or(|demand| demand.fits(&one.action.hash, &one.action.definition))
        });
        found.map(Implementation).ok_or_else(|| Error::new("this agent has no such implementation"))
    }

    async fn my_implementation_at(
        &self,
        ctx: &Context<'_>,
        instance_id: String,
        #[graphql(default)] action_id: Option<ID>,
        #[graphql(default)] interface: Option<String>,
    ) -> Result<Implementation> {
        let (store, caller) = (store(ctx)?, caller(ctx)?);
        let mine = store.implementations(&caller).into_iter().find(|one| {
            one.registry.id == caller.id
                && store.agent_by_id(one.agent).is_some_and(|agent| agent.about.instance_id == instance_id)
                && interface.as_ref().is_none_or(|interface| *interface == one.interface)
                && action_id.as_ref().is_none_or(|id| id.as_str() == one.action.id.to_string())
        });
        mine.map(Implementation).ok_or_else(|| Error::new("this instance has no such implementation"))
    }

    async fn assignation(&self, ctx: &Context<'_>, id: ID) -> Result<Assignation> {
        Ok(store(ctx)?.assignation(&*caller(ctx)?, &id)?.into())
    }

    /// The caller's own calls, of one instance or of all.
    async fn assignations(
        &self,
        ctx: &Context<'_>,
        #[graphql(default)] instance_id: Option<InstanceId>,
    ) -> Result<Vec<Assignation>> {
        let caller = caller(ctx)?;
        let mine = store(ctx)?.assignations(|call| {
            call.waiter.registry.id == caller.id
                && instance_id.as_ref().is_none_or(|instance| instance.0 == call.waiter.instance_id)
        });
        Ok(mine.into_iter().map(Into::into).collect())
    }

    /// The event of this id, or all that are kept.
    async fn event(
        &self,
        ctx: &Context<'_>,
        #[graphql(default)] id: Option<ID>,
    ) -> Result<Vec<AssignationEvent>> {
        let events = store(ctx)?
            .events(&*caller(ctx)?, |event| id.as_ref().is_none_or(|id| id.as_str() == event.id.to_string()));
        Ok(events.into_iter().map(AssignationEvent).collect())
    }

    async fn states(&self, ctx: &Context<'_>) -> Result<Vec<State>> {
        Ok(store(ctx)?.states(&*caller(ctx)?, |_| true).into_iter().map(State).collect())
    }

    async fn state(&self, ctx: &Context<'_>, id: ID) -> Result<State> {
        let states = store(ctx)?.states(&*caller(ctx)?, |state| id.as_str() == state.id.to_string());
        states.into_iter().next().map(State).ok_or_else(|| Error::new(format!("there is no state `{}`", *id)))
    }

    async fn state_for(
        &self,
        ctx: &Context<'_>,
        agent: ID,
        #[graphql(default)] state_hash: Option<String>,
    ) -> Result<State> {
        let states = store(ctx)?.states(&*caller(ctx)?, |state| {
            agent.as_str() == state.agent.to_string()
                && state_hash.as_ref().is_none_or(|hash| *hash == state.schema.hash)
        });
        states.into_iter().next().map(State).ok_or_else(|| Error::new("this agent has no such state"))
    }
}
