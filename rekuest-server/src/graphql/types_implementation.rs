//! Implementations, as they are shown.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::inputs_filters::OffsetPaginationInput;
use super::scalars::{ActionHash, AnyDefault};
use super::types_action::Action;
use super::types_agent::Agent;
use super::types_assignation::Assignation;
use super::types_port::{PortMatch, matches};
use super::{caller, lookups, store};
use crate::state::catalogue;

/// One agent's way to run an action.
#[derive(Debug)]
pub(super) struct Implementation(pub(super) Arc<catalogue::Implementation>);

#[Object]
impl Implementation {
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    async fn interface(&self) -> &str {
        &self.0.interface
    }

    async fn extension(&self) -> &str {
        &self.0.extension
    }

    async fn agent(&self, ctx: &Context<'_>) -> Result<Agent> {
        Agent::of(ctx, self.0.agent)
    }

    async fn action(&self) -> Action {
        Action(Arc::clone(&self.0.action))
    }

    async fn params(&self) -> AnyDefault {
        AnyDefault(self.0.params.clone())
    }

    async fn dependencies(&self, pagination: Option<OffsetPaginationInput>) -> Vec<Dependency> {
        let of_this = |position| Dependency { implementation: Arc::clone(&self.0), position };
        lookups::page((0..self.0.dependencies.len()).map(of_this).collect(), pagination)
    }

    async fn name(&self) -> &str {
        &self.0.interface
    }

    async fn pinned(&self) -> bool {
        false
    }

    async fn my_latest_assignation(&self, ctx: &Context<'_>) -> Result<Option<Assignation>> {
        let caller = caller(ctx)?;
        let mine = store(ctx)?
            .assignations(|call| call.implementation.id == self.0.id && call.waiter.registry.id == caller.id);
        Ok(mine.into_iter().last().map(Assignation::from))
    }
}

/// What an implementation calls.
#[derive(Debug)]
pub(super) struct Dependency {
    pub(super) implementation: Arc<catalogue::Implementation>,
    /// Where it stands among those of the implementation.
    pub(super) position: usize,
}

impl Dependency {
    fn told(&self) -> &catalogue::Dependency {
        &self.implementation.dependencies[self.position]
    }
}

#[Object]
impl Dependency {
    async fn id(&self) -> ID {
        self.told().id.to_string().into()
    }

    async fn implementation(&self) -> Implementation {
        Implementation(Arc::clone(&self.implementation))
    }

    async fn action_hash(&self) -> Option<ActionHash> {
        self.told().demand.hash.clone().map(ActionHash)
    }

    async fn key(&self) -> &str {
        &self.told().key
    }

    async fn optional(&self) -> bool {
        self.told().optional
    }

    async fn description(&self) -> Option<&str> {
        self.told().demand.description.as_deref()
    }

    async fn arg_matches(&self) -> Option<Vec<PortMatch>> {
        matches(&self.told().demand.args)
    }

    async fn return_matches(&self) -> Option<Vec<PortMatch>> {
        matches(&self.told().demand.returns)
    }

    async fn resolvable(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(store(ctx)?.is_resolvable(&*caller(ctx)?, &self.implementation, self.told()))
    }
}
