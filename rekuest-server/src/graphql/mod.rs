//! The GraphQL interface: what callers ask, and how agents say who they are and what they can do.
//!
//! Names, arguments and types are those of the 0.22 generation (protocol, sections 2 and 3), a subset of its schema.
//! Everything here translates between GraphQL and the [`Store`]; nothing is decided here.

mod direct;
mod enums;
mod filters;
mod inputs_assign;
mod inputs_definition;
mod inputs_demands;
mod inputs_filters;
mod inputs_ports;
mod inputs_states;
mod lookups;
mod mutation;
mod patience;
mod query;
mod query_find;
mod request;
mod scalars;
mod subscription;
mod types_action;
mod types_agent;
mod types_assignation;
mod types_event;
mod types_implementation;
mod types_memory;
mod types_port;
mod types_reservation;
mod types_state;
mod types_widget;

use std::sync::Arc;

use async_graphql::{Context, Result, Schema, SchemaBuilder};

use crate::state::Store;
use crate::state::registries::Registry;
use mutation::Mutation;
use query::Query;
use subscription::Subscription;

pub(crate) use direct::{Answer, Direct};
pub(crate) use patience::OlderProtocol;
pub(crate) use request::{Body, payload};
pub(crate) use subscription::Lagged;

/// The schema with the store behind it.
pub(crate) type ServerSchema = Schema<Query, Mutation, Subscription>;

/// Makes the schema over a store.
pub(crate) fn schema(store: Arc<Store>) -> ServerSchema {
    builder().data(store).finish()
}

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query, Mutation, Subscription)
}

/// The schema as text.
#[must_use]
pub fn sdl() -> String {
    builder().finish().sdl()
}

/// Whose token came with a request; none if it was missing or not accepted.
#[derive(Debug, Clone)]
pub(crate) struct Caller(pub(crate) Option<Arc<Registry>>);

/// How a rejected token can be recognised, by the beginning of this message alone (protocol, section 2).
const REJECTED: &str = "User is not set in the request: the token is missing or not accepted by this server";

/// Who asks.
fn caller(ctx: &Context<'_>) -> Result<Arc<Registry>> {
    let caller = ctx.data_opt::<Caller>().and_then(|caller| caller.0.clone());
    caller.ok_or_else(|| async_graphql::Error::new(REJECTED))
}

/// What the server knows.
fn store<'c>(ctx: &Context<'c>) -> Result<&'c Arc<Store>> {
    ctx.data::<Arc<Store>>()
}
