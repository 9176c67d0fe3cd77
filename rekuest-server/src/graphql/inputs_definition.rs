//! Definitions and implementations as agents send them.

use async_graphql::InputObject;
use rekuest_core::DefinitionBuf;
use rekuest_core::port::PortGroupBuf;

use super::enums::ActionKind;
use super::inputs_demands::ActionDependencyInput;
use super::inputs_ports::{EffectInput, PortInput, each};
use super::scalars::{AnyDefault, InstanceId};
use crate::state::register::Offer;

#[derive(Debug, InputObject)]
pub(super) struct SetExtensionImplementationsInput {
    pub(super) implementations: Vec<ImplementationInput>,
    pub(super) instance_id: InstanceId,
    pub(super) extension: String,
    #[graphql(default = false)]
    pub(super) run_cleanup: bool,
}

#[derive(Debug, InputObject)]
pub(super) struct CreateImplementationInput {
    pub(super) implementation: ImplementationInput,
    pub(super) instance_id: InstanceId,
    pub(super) extension: String,
}

/// `dynamic` and `logo` are taken and not shown anywhere, as on the observed server.
#[derive(Debug, InputObject)]
pub(super) struct ImplementationInput {
    definition: DefinitionInput,
    dependencies: Vec<ActionDependencyInput>,
    interface: Option<String>,
    #[graphql(default)]
    params: Option<AnyDefault>,
    #[graphql(name = "dynamic", default = false)]
    _dynamic: bool,
    #[graphql(name = "logo", default)]
    _logo: Option<String>,
}

#[derive(Debug, InputObject)]
pub(super) struct DefinitionInput {
    #[graphql(default)]
    description: Option<String>,
    #[graphql(default_with = "Vec::new()")]
    collections: Vec<String>,
    name: String,
    #[graphql(default = false)]
    stateful: bool,
    #[graphql(default_with = "Vec::new()")]
    port_groups: Vec<PortGroupInput>,
    #[graphql(default_with = "Vec::new()")]
    args: Vec<PortInput>,
    #[graphql(default_with = "Vec::new()")]
    returns: Vec<PortInput>,
    kind: ActionKind,
    #[graphql(default_with = "Vec::new()")]
    is_test_for: Vec<String>,
    #[graphql(default_with = "Vec::new()")]
    interfaces: Vec<String>,
    #[graphql(default = false)]
    is_dev: bool,
    #[graphql(default)]
    logo: Option<String>,
}

#[derive(Debug, InputObject)]
pub(super) struct PortGroupInput {
    key: String,
    title: Option<String>,
    description: Option<String>,
    #[graphql(default_with = "Some(Vec::new())")]
    effects: Option<Vec<EffectInput>>,
    #[graphql(default_with = "Some(Vec::new())")]
    ports: Option<Vec<String>>,
}

impl From<ImplementationInput> for Offer {
    fn from(implementation: ImplementationInput) -> Self {
        Self {
            interface: implementation.interface,
            definition: implementation.definition.into(),
            dependencies: implementation.dependencies.into_iter().map(Into::into).collect(),
            params: implementation.params.map(|params| params.0),
        }
    }
}

impl From<DefinitionInput> for DefinitionBuf {
    fn from(definition: DefinitionInput) -> Self {
        Self {
            name: definition.name,
            description: definition.description,
            kind: definition.kind.into(),
            collections: definition.collections,
            stateful: definition.stateful,
            port_groups: definition.port_groups.into_iter().map(Into::into).collect(),
            args: definition.args.into_iter().map(Into::into).collect(),
            returns: definition.returns.into_iter().map(Into::into).collect(),
            is_test_for: definition.is_test_for,
            interfaces: definition.interfaces,
            is_dev: definition.is_dev,
            logo: definition.logo,
        }
    }
}

impl From<PortGroupInput> for PortGroupBuf {
    fn from(group: PortGroupInput) -> Self {
        Self {
            key: group.key,
            title: group.title,
            description: group.description,
            effects: each(group.effects),
            ports: group.ports,
        }
    }
}
