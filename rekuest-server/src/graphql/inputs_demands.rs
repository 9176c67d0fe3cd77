//! Demands as they come in: what an action or a state has to be like.

use async_graphql::{ID, InputObject};
use rekuest_core::demand::{DemandBuf, PortMatch, PortsDemand};

use super::enums::{DemandKind, PortKind};
use super::scalars::ActionHash;
use crate::state::register::OfferedDependency;
use crate::state::states::SchemaDemand;

/// `allowInactive` is taken and changes nothing, as on the observed server: what serves a dependency is connected.
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
    #[graphql(default)]
    protocols: Option<Vec<ID>>,
    #[graphql(default)]
    force_arg_length: Option<i64>,
    #[graphql(default)]
    force_return_length: Option<i64>,
    #[graphql(default = false)]
    optional: bool,
    #[graphql(name = "allowInactive", default_with = "Some(true)")]
    _allow_inactive: Option<bool>,
}

/// `key` is the name that the demand has elsewhere, which changes nothing here.
#[derive(Debug, InputObject)]
pub(super) struct ActionDemandInput {
    #[graphql(name = "key")]
    _key: String,
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
    #[graphql(default)]
    protocols: Option<Vec<ID>>,
    #[graphql(default)]
    force_arg_length: Option<i64>,
    #[graphql(default)]
    force_return_length: Option<i64>,
}

/// `key` is the name that the demand has elsewhere, which changes nothing here.
#[derive(Debug, InputObject)]
pub(super) struct SchemaDemandInput {
    #[graphql(name = "key")]
    _key: String,
    #[graphql(default)]
    hash: Option<ActionHash>,
    #[graphql(default)]
    matches: Option<Vec<PortMatchInput>>,
    #[graphql(default)]
    protocols: Option<Vec<ID>>,
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

fn matches(inputs: Option<&Vec<PortMatchInput>>) -> Vec<PortMatch> {
    inputs.into_iter().flatten().map(PortMatchInput::wanted).collect()
}

fn protocols(ids: Option<&Vec<ID>>) -> Vec<String> {
    ids.into_iter().flatten().map(|id| id.0.clone()).collect()
}

fn side(inputs: Option<&Vec<PortMatchInput>>, length: Option<i64>) -> PortsDemand {
    PortsDemand { matches: matches(inputs), length: length.map(count), ..PortsDemand::default() }
}

impl PortMatchInput {
    fn wanted(&self) -> PortMatch {
        PortMatch {
            at: self.at.map(count),
            key: self.key.clone(),
            kind: self.kind.map(Into::into),
            identifier: self.identifier.clone(),
            nullable: self.nullable,
            children: matches(self.children.as_ref()),
        }
    }
}

impl From<ActionDependencyInput> for OfferedDependency {
    fn from(input: ActionDependencyInput) -> Self {
        Self { demand: input.demand(), optional: input.optional, key: input.key }
    }
}

/// Inputs that say what an action has to be like; they differ in what else they say.
macro_rules! demand {
    ($($input:ident)*) => {$(
        impl $input {
            pub(super) fn demand(&self) -> DemandBuf {
                DemandBuf {
                    hash: self.hash.as_ref().map(|hash| hash.0.clone()),
                    name: self.name.clone(),
                    description: self.description.clone(),
                    args: side(self.arg_matches.as_ref(), self.force_arg_length),
                    returns: side(self.return_matches.as_ref(), self.force_return_length),
                    protocols: protocols(self.protocols.as_ref()),
                }
            }
        }
    )*};
}

demand!(ActionDependencyInput ActionDemandInput);

impl SchemaDemandInput {
    pub(super) fn demand(&self) -> SchemaDemand {
        SchemaDemand {
            hash: self.hash.as_ref().map(|hash| hash.0.clone()),
            ports: side(self.matches.as_ref(), None),
            protocols: protocols(self.protocols.as_ref()),
        }
    }
}

impl PortDemandInput {
    /// Which side, and what its ports have to be like.
    pub(super) fn demand(&self) -> (DemandKind, PortsDemand) {
        let demand = PortsDemand {
            matches: matches(self.matches.as_ref()),
            length: self.force_length.map(count),
            non_nullable_length: self.force_non_nullable_length.map(count),
            structure_length: self.force_structure_length.map(count),
        };
        (self.kind, demand)
    }
}
