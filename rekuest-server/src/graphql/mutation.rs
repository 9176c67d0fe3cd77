//! What changes something.

use async_graphql::{Context, ID, Object, Result};

use super::inputs_assign::{
    AckInput, AgentInput, AssignInput, CancelInput, CollectInput, InterruptInput, PauseInput, ResumeInput,
    ShelveInMemoryDrawerInput, StepInput, UnshelveMemoryDrawerInput,
};
use super::inputs_definition::{CreateImplementationInput, SetExtensionImplementationsInput};
use super::inputs_states::{SetAgentStatesInput, SetStateInput, UpdateStateInput, value};
use super::types_agent::Agent;
use super::types_assignation::Assignation;
use super::types_implementation::Implementation;
use super::types_memory::MemoryDrawer;
use super::types_reservation::{Reservation, ReserveInput, UnreserveInput};
use super::types_state::State;
use super::{caller, store};
use crate::state::assign::Request;
use crate::state::assignations::InstructKind;
use crate::state::drawers::Shelved;
use crate::state::states::OfferedState;

/// The root of mutations.
#[derive(Debug)]
pub(crate) struct Mutation;

fn instruct(ctx: &Context<'_>, assignation: &ID, kind: InstructKind) -> Result<Assignation> {
    Ok(store(ctx)?.instruct(&*caller(ctx)?, assignation, kind)?.into())
}

#[Object]
impl Mutation {
    async fn set_agent_states(&self, ctx: &Context<'_>, input: SetAgentStatesInput) -> Result<Vec<State>> {
        let caller = caller(ctx)?;
        let offered: Result<Vec<OfferedState>, _> =
            input.implementations.into_iter().map(OfferedState::try_from).collect();
        let states = store(ctx)?.set_states(&caller, &input.instance_id.0, offered?);
        Ok(states.into_iter().map(State).collect())
    }

    async fn ensure_agent(&self, ctx: &Context<'_>, input: AgentInput) -> Result<Agent> {
        let caller = caller(ctx)?;
        Ok(Agent(store(ctx)?.ensure_agent(&caller, &input.instance_id.0, input.name, input.extensions)))
    }

    async fn set_extension_implementations(
        &self,
        ctx: &Context<'_>,
        input: SetExtensionImplementationsInput,
    ) -> Result<Vec<Implementation>> {
        let caller = caller(ctx)?;
        let offers = input.implementations.into_iter().map(Into::into).collect();
        let registered = store(ctx)?.register(
            &caller,
            &input.instance_id.0,
            &input.extension,
            offers,
            input.run_cleanup,
        )?;
        Ok(registered.into_iter().map(Implementation).collect())
    }

    async fn create_implementation(
        &self,
        ctx: &Context<'_>,
        input: CreateImplementationInput,
    ) -> Result<Implementation> {
        let caller = caller(ctx)?;
        let offers = vec![input.implementation.into()];
        let registered =
            store(ctx)?.register(&caller, &input.instance_id.0, &input.extension, offers, false)?;
        let one = registered.into_iter().next().map(Implementation);
        one.ok_or_else(|| async_graphql::Error::new("nothing was registered"))
    }

    async fn assign(&self, ctx: &Context<'_>, input: AssignInput) -> Result<Assignation> {
        let caller = caller(ctx)?;
        Ok(store(ctx)?.assign(&caller, Request::try_from(input)?)?.into())
    }

    async fn cancel(&self, ctx: &Context<'_>, input: CancelInput) -> Result<Assignation> {
        instruct(ctx, &input.assignation, InstructKind::Cancel)
    }

    async fn interrupt(&self, ctx: &Context<'_>, input: InterruptInput) -> Result<Assignation> {
        instruct(ctx, &input.assignation, InstructKind::Interrupt)
    }

    async fn pause(&self, ctx: &Context<'_>, input: PauseInput) -> Result<Assignation> {
        instruct(ctx, &input.assignation, InstructKind::Pause)
    }

    async fn resume(&self, ctx: &Context<'_>, input: ResumeInput) -> Result<Assignation> {
        instruct(ctx, &input.assignation, InstructKind::Resume)
    }

    async fn step(&self, ctx: &Context<'_>, input: StepInput) -> Result<Assignation> {
        instruct(ctx, &input.assignation, InstructKind::Step)
    }

    async fn reserve(&self, ctx: &Context<'_>, input: ReserveInput) -> Result<Reservation> {
        let caller = caller(ctx)?;
        Ok(Reservation(store(ctx)?.reserve(&caller, input.try_into()?)?))
    }

    async fn unreserve(&self, ctx: &Context<'_>, input: UnreserveInput) -> Result<String> {
        store(ctx)?.unreserve(&*caller(ctx)?, &input.reservation)?;
        Ok(input.reservation.0)
    }

    /// Changes nothing here: finished assignations are dropped by their number.
    async fn ack(&self, ctx: &Context<'_>, input: AckInput) -> Result<Assignation> {
        Ok(store(ctx)?.assignation(&*caller(ctx)?, &input.assignation)?.into())
    }

    async fn collect(&self, ctx: &Context<'_>, input: CollectInput) -> Result<Vec<String>> {
        let drawers: Vec<String> = input.drawers.into_iter().map(|id| id.0).collect();
        store(ctx)?.collect(&*caller(ctx)?, &drawers)?;
        Ok(drawers)
    }

    async fn shelve_in_memory_drawer(
        &self,
        ctx: &Context<'_>,
        input: ShelveInMemoryDrawerInput,
    ) -> Result<MemoryDrawer> {
        let value = Shelved {
            resource_id: input.resource_id,
            identifier: input.identifier.0,
            label: input.label,
            description: input.description,
        };
        Ok(MemoryDrawer(store(ctx)?.shelve(&*caller(ctx)?, &input.instance_id.0, value)?))
    }

    async fn unshelve_memory_drawer(
        &self,
        ctx: &Context<'_>,
        input: UnshelveMemoryDrawerInput,
    ) -> Result<ID> {
        store(ctx)?.unshelve(&*caller(ctx)?, &input.instance_id.0, &input.id)?;
        Ok(input.id.into())
    }

    async fn set_state(&self, ctx: &Context<'_>, input: SetStateInput) -> Result<State> {
        let new = value("value", input.value)?;
        let caller = caller(ctx)?;
        let changed = store(ctx)?.change_state(&caller, &input.instance_id.0, &input.interface, |value| {
            *value = new;
            Ok(())
        })?;
        Ok(State(changed))
    }

    async fn update_state(&self, ctx: &Context<'_>, input: UpdateStateInput) -> Result<State> {
        let operations = input.operations()?;
        let caller = caller(ctx)?;
        let changed = store(ctx)?.change_state(&caller, &input.instance_id.0, &input.interface, |value| {
            json_patch::patch(value, &operations).map_err(|error| error.to_string())
        })?;
        Ok(State(changed))
    }
}
