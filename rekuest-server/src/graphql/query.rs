//! What can be asked.

use async_graphql::{Context, Error, ID, Object, Result};

use super::inputs_demands::{ActionDemandInput, ActionDependencyInput, SchemaDemandInput};
use super::inputs_filters::{
    ActionFilter, ActionOrder, AgentFilter, AgentOrder, ImplementationFilter, ImplementationOrder,
    MemoryDrawerFilter, MemoryShelveFilter, MemoryShelveOrder, OffsetPaginationInput,
};
use super::query_find::Named;
use super::scalars::{ActionHash, InstanceId};
use super::types_action::Action;
use super::types_agent::Agent;
use super::types_assignation::Assignation;
use super::types_event::AssignationEvent;
use super::types_implementation::{Dependency, Implementation};
use super::types_memory::{MemoryDrawer, MemoryShelve};
use super::types_reservation::Reservation;
use super::types_state::{State, StateSchema};
use super::{caller, lookups, store};
use crate::state::Refused;

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

    async fn dependency(&self, ctx: &Context<'_>, id: ID) -> Result<Dependency> {
        let (implementation, position) = store(ctx)?.dependency(&*caller(ctx)?, &id)?;
        Ok(Dependency { implementation, position })
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

    /// The reservations of the caller's organization, of one instance or of all.
    async fn reservations(
        &self,
        ctx: &Context<'_>,
        #[graphql(default)] instance_id: Option<InstanceId>,
    ) -> Result<Vec<Reservation>> {
        let caller = caller(ctx)?;
        let seen = store(ctx)?.reservations(|one| {
            caller.sees(&one.waiter.registry)
                && instance_id.as_ref().is_none_or(|instance| instance.0 == one.waiter.instance_id)
        });
        Ok(seen.into_iter().map(Reservation).collect())
    }

    /// The caller's own reservations, of one instance or of all.
    async fn myreservations(
        &self,
        ctx: &Context<'_>,
        #[graphql(default)] instance_id: Option<InstanceId>,
    ) -> Result<Vec<Reservation>> {
        let caller = caller(ctx)?;
        let instance = instance_id.as_ref().map(|instance| instance.0.as_str());
        let own = store(ctx)?.reservations(|one| one.belongs_to(&caller, instance));
        Ok(own.into_iter().map(Reservation).collect())
    }

    async fn reservation(&self, ctx: &Context<'_>, id: ID) -> Result<Reservation> {
        let caller = caller(ctx)?;
        let known = id.parse().ok().and_then(|id| store(ctx).ok()?.reservation_by_id(id));
        let seen = known.filter(|one| caller.sees(&one.about.waiter.registry)).map(Reservation);
        Ok(seen.ok_or_else(|| Refused::not_found("reservation", &*id))?)
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
        Ok(State(store(ctx)?.state(&*caller(ctx)?, &id)?))
    }

    async fn state_for(
        &self,
        ctx: &Context<'_>,
        agent: ID,
        #[graphql(default)] state_hash: Option<String>,
        #[graphql(default)] demand: Option<SchemaDemandInput>,
    ) -> Result<State> {
        let store = store(ctx)?;
        let agent = store.agent(&*caller(ctx)?, &agent)?.about.id;
        let demand = demand.map(|demand| demand.demand());
        let found = store.states_at(agent).into_iter().find(|state| {
            state_hash.as_ref().is_none_or(|hash| *hash == state.schema.hash)
                && demand.as_ref().is_none_or(|demand| demand.fits(&state.schema))
        });
        found.map(State).ok_or_else(|| Error::new("this agent has no such state"))
    }

    /// What the states that the caller sees are made of.
    async fn state_schemas(&self, ctx: &Context<'_>) -> Result<Vec<StateSchema>> {
        Ok(store(ctx)?.schemas(&*caller(ctx)?).into_iter().map(StateSchema).collect())
    }

    async fn state_schema(&self, ctx: &Context<'_>, id: ID) -> Result<StateSchema> {
        let mut schemas = store(ctx)?.schemas(&*caller(ctx)?).into_iter();
        let found = schemas.find(|schema| id.as_str() == schema.id.to_string()).map(StateSchema);
        Ok(found.ok_or_else(|| Refused::not_found("state schema", &*id))?)
    }

    async fn memory_shelves(
        &self,
        ctx: &Context<'_>,
        filters: Option<MemoryShelveFilter>,
        order: Option<MemoryShelveOrder>,
        pagination: Option<OffsetPaginationInput>,
    ) -> Result<Vec<MemoryShelve>> {
        let seen = store(ctx)?.agents(&*caller(ctx)?);
        Ok(lookups::shelves(seen, filters, order, pagination))
    }

    async fn memory_shelve(&self, ctx: &Context<'_>, id: ID) -> Result<MemoryShelve> {
        let mut seen = store(ctx)?.agents(&*caller(ctx)?).into_iter().map(|agent| agent.about);
        let found = seen.find(|agent| id.as_str() == agent.shelve.to_string()).map(MemoryShelve);
        Ok(found.ok_or_else(|| Refused::not_found("memory shelve", &*id))?)
    }

    async fn memory_drawers(
        &self,
        ctx: &Context<'_>,
        filters: Option<MemoryDrawerFilter>,
        pagination: Option<OffsetPaginationInput>,
    ) -> Result<Vec<MemoryDrawer>> {
        let store = store(ctx)?;
        let seen = store.drawers_seen(&*caller(ctx)?);
        Ok(lookups::drawers(store, seen, filters, pagination))
    }
}
