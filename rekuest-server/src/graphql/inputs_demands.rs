//! Demands as they come in: what an action has to be like.

use async_graphql::{ID, InputObject};

use super::enums::{DemandKind, PortKind};
use super::scalars::ActionHash;
use crate::state::matching::{Demand, PortMatch, PortsDemand};
use crate::state::register::OfferedDependency;

/// `protocols` are not kept by this server: a demand for one is fulfilled by no action.
#[derive(Debug, InputObject)]
pub(super) struct ActionDependencyInput {
    key: String,
    #[graphql(default)]
    hash: Option<ActionHash>,
    #[graphql(default)]
    name: Option<String>,
    #[graphql(default)]
    description: Option<String>,
    #[graphql(default)]
    arg_matches: Option<Vec<PortMatchInput>>,
    #[graphql(default)]
    return_matches: Option<Vec<PortMatchInput>>,
    #[graphql(name = "protocols", default)]
    _protocols: Option<Vec<ID>>,
    #[graphql(default)]
    force_arg_length: Option<i64>,
    #[graphql(default)]
    force_return_length: Option<i64>,
    #[graphql(default = false)]
    optional: bool,
    #[graphql(default_with = "Some(true)")]
    allow_inactive: Option<bool>,
}

#[derive(Debug, InputObject)]
pub(super) struct ActionDemandInput {
    key: String,
    #[graphql(default)]
    hash: Option<ActionHash>,
    #[graphql(default)]
    name: Option<String>,
    #[graphql(default)]
    description: Option<String>,
    #[graphql(default)]
    arg_matches: Option<Vec<PortMatchInput>>,
    #[graphql(default)]
    return_matches: Option<Vec<PortMatchInput>>,
    #[graphql(name = "protocols", default)]
    _protocols: Option<Vec<ID>>,
    #[graphql(default)]
    force_arg_length: Option<i64>,
    #[graphql(default)]
    force_return_length: Option<i64>,
}

#[derive(Debug, InputObject)]
pub(super) struct PortDemandInput {
    kind: DemandKind,
    #[graphql(default)]
    matches: Option<Vec<PortMatchInput>>,
    #[graphql(default)]
    force_length: Option<i64>,
    #[graphql(default)]
    force_non_nullable_length: Option<i64>,
    #[graphql(default)]
    force_structure_length: Option<i64>,
}

#[derive(Debug, InputObject)]
pub(super) struct PortMatchInput {
    #[graphql(default)]
    at: Option<i64>,
    #[graphql(default)]
    key: Option<String>,
    #[graphql(default)]
    kind: Option<PortKind>,
    #[graphql(default)]
    identifier: Option<String>,
    #[graphql(default)]
    nullable: Option<bool>,
    #[graphql(default)]
    children: Option<Vec<PortMatchInput>>,
}

/// A count or position; a negative one is none that anything has.
fn count(number: i64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn matches(inputs: Option<Vec<PortMatchInput>>) -> Vec<PortMatch> {
    inputs.into_iter().flatten().map(Into::into).collect()
}

fn side(inputs: Option<Vec<PortMatchInput>>, length: Option<i64>) -> PortsDemand {
    PortsDemand { matches: matches(inputs), length: length.map(count), ..PortsDemand::default() }
}

impl From<PortMatchInput> for PortMatch {
    fn from(input: PortMatchInput) -> Self {
        Self {
            at: input.at.map(count),
            key: input.key,
            kind: input.kind.map(Into::into),
            identifier: input.identifier,
            nullable: input.nullable,
            children: matches(input.children),
        }
    }
}

impl From<ActionDependencyInput> for OfferedDependency {
    fn from(input: ActionDependencyInput) -> Self {
        Self {
            optional: input.optional,
            allow_inactive: input.allow_inactive.unwrap_or(true),
            demand: input.into(),
        }
    }
}

impl From<ActionDependencyInput> for Demand {
    fn from(input: ActionDependencyInput) -> Self {
        Self {
            key: input.key,
            hash: input.hash.map(|hash| hash.0),
            name: input.name,
            description: input.description,
            args: side(input.arg_matches, input.force_arg_length),
            returns: side(input.return_matches, input.force_return_length),
        }
    }
}

impl From<ActionDemandInput> for Demand {
    fn from(input: ActionDemandInput) -> Self {
        Self {
            key: input.key,
            hash: input.hash.map(|hash| hash.0),
            name: input.name,
            description: input.description,
            args: side(input.arg_matches, input.force_arg_length),
            returns: side(input.return_matches, input.force_return_length),
        }
    }
}

impl PortDemandInput {
    /// Which side, and what its ports have to be like.
    pub(super) fn into_demand(self) -> (DemandKind, PortsDemand) {
        let demand = PortsDemand {
            matches: matches(self.matches),
            length: self.force_length.map(count),
            non_nullable_length: self.force_non_nullable_length.map(count),
            structure_length: self.force_structure_length.map(count),
        };
        (self.kind, demand)
    }
}
