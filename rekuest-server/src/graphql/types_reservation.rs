//! Reservations, as they are shown and asked for.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use super::enums::ReservationStrategy;
use super::inputs_filters::{ImplementationFilter, ImplementationOrder, OffsetPaginationInput};
use super::scalars::{ActionHash, DateTime, InstanceId};
use super::types_action::Action;
use super::types_assignation::Waiter;
use super::types_implementation::Implementation;
use super::{lookups, store};
use crate::state::Refused;
use crate::state::assign::Target;
use crate::state::reservations::{self, ReservationView, Reserve};

/// A caller's standing choice among the implementations of an action.
#[derive(Debug)]
pub(super) struct Reservation(pub(super) ReservationView);

/// To what it is bound.
#[derive(Debug, SimpleObject)]
pub(super) struct Binds {
    implementations: Vec<ID>,
    clients: Vec<ID>,
    desired_instances: i64,
}

#[Object]
impl Reservation {
    async fn id(&self) -> ID {
        self.0.about.id.to_string().into()
    }

    async fn name(&self) -> &str {
        self.0.about.title.as_deref().unwrap_or(&self.0.action.definition.name)
    }

    async fn waiter(&self) -> Waiter {
        Waiter(Arc::clone(&self.0.about.waiter))
    }

    async fn title(&self) -> Option<&str> {
        self.0.about.title.as_deref()
    }

    async fn action(&self) -> Action {
        Action(Arc::clone(&self.0.action))
    }

    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    async fn reference(&self) -> &str {
        &self.0.about.reference
    }

    /// Those that could run a call now.
    async fn implementations(
        &self,
        ctx: &Context<'_>,
        filters: Option<ImplementationFilter>,
        order: Option<ImplementationOrder>,
        pagination: Option<OffsetPaginationInput>,
    ) -> Result<Vec<Implementation>> {
        let viable = self.0.viable.clone();
        Ok(lookups::implementations(store(ctx)?, viable, filters, order, pagination))
    }

    async fn binds(&self) -> Option<Binds> {
        let ids = |texts: &[String]| texts.iter().map(ID::from).collect();
        self.0.about.binds.as_ref().map(|binds| Binds {
            implementations: ids(&binds.implementations),
            clients: ids(&binds.clients),
            desired_instances: i64::try_from(binds.desired_instances).unwrap_or(i64::MAX),
        })
    }

    async fn strategy(&self, ctx: &Context<'_>) -> Result<ReservationStrategy> {
        if self.0.is_direct() {
            return Ok(ReservationStrategy::Direct);
        }
        Ok(store(ctx)?.settings().reservation_strategy.into())
    }

    async fn viable(&self) -> bool {
        !self.0.viable.is_empty()
    }

    async fn happy(&self) -> bool {
        self.0.is_happy()
    }

    /// The one that it is of, while that could run a call.
    async fn implementation(&self) -> Option<Implementation> {
        let one = self.0.viable.first().filter(|_| self.0.is_direct());
        one.map(|one| Implementation(Arc::clone(one)))
    }
}

/// `assignationId` does nothing: whoever makes a call may hold what it needs for longer than the call.
#[derive(Debug, InputObject)]
pub(super) struct ReserveInput {
    reference: Option<String>,
    #[graphql(default_with = "InstanceId(\"default\".to_owned())")]
    instance_id: InstanceId,
    #[graphql(default)]
    action: Option<ID>,
    #[graphql(default)]
    implementation: Option<ID>,
    #[graphql(default)]
    title: Option<String>,
    #[graphql(default)]
    hash: Option<ActionHash>,
    #[graphql(default)]
    binds: Option<BindsInput>,
    #[graphql(name = "assignationId", default)]
    _assignation_id: Option<ID>,
}

#[derive(Debug, InputObject)]
pub(super) struct BindsInput {
    implementations: Option<Vec<String>>,
    clients: Option<Vec<String>>,
    #[graphql(default = 1)]
    desired_instances: i64,
}

#[derive(Debug, InputObject)]
pub(super) struct UnreserveInput {
    pub(super) reservation: ID,
}

impl TryFrom<ReserveInput> for Reserve {
    type Error = Refused;

    fn try_from(input: ReserveInput) -> Result<Self, Refused> {
        let target = match (input.implementation, input.action, input.hash) {
            (Some(implementation), _, _) => Target::Implementation(implementation.0),
            (None, Some(action), _) => Target::Action(action.0),
            (None, None, Some(hash)) => Target::Hash(hash.0),
            (None, None, None) => return Err(Refused::NothingReserved),
        };
        let binds = input.binds.map(|binds| reservations::Binds {
            implementations: binds.implementations.unwrap_or_default(),
            clients: binds.clients.unwrap_or_default(),
            desired_instances: usize::try_from(binds.desired_instances).unwrap_or_default(),
        });
        let InstanceId(instance_id) = input.instance_id;
        Ok(Self { instance_id, reference: input.reference, title: input.title, target, binds })
    }
}
