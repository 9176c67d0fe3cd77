//! States, as they are shown.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::scalars::{Args, DateTime};
use super::types_agent::Agent;
use super::types_port::{Port, ports};
use crate::state::states;

/// One state of an agent.
#[derive(Debug)]
pub(super) struct State(pub(super) Arc<states::State>);

#[Object]
impl State {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn state_schema(&self) -> StateSchema {
        StateSchema(Arc::clone(&self.0.schema))
    }

    async fn schema(&self) -> StateSchema {
        StateSchema(Arc::clone(&self.0.schema))
    }

    async fn value(&self) -> Result<Args> {
        Ok(Args(serde_json::value::to_raw_value(&self.0.value)?))
    }

    async fn agent(&self, ctx: &Context<'_>) -> Result<Agent> {
        Agent::of(ctx, self.0.agent)
    }

    async fn interface(&self) -> &str {
        &self.0.interface
    }

    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}

/// What a state is made of.
#[derive(Debug)]
pub(super) struct StateSchema(pub(super) Arc<states::StateSchema>);

#[Object]
impl StateSchema {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn hash(&self) -> &str {
        &self.0.hash
    }

    async fn name(&self) -> &str {
        &self.0.name
    }

    async fn ports(&self) -> Vec<Port> {
        ports(&self.0.ports)
    }
}
