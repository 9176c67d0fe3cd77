//! The inputs of states.

use async_graphql::InputObject;
use json_patch::PatchOperation;
use serde_json::Value;

use super::inputs_assign::object;
use super::inputs_ports::PortInput;
use super::scalars::{Args, InstanceId};
use crate::state::Refused;
use crate::state::states::OfferedState;

#[derive(Debug, InputObject)]
pub(super) struct SetAgentStatesInput {
    pub(super) implementations: Vec<StateImplementationInput>,
    pub(super) instance_id: InstanceId,
}

#[derive(Debug, InputObject)]
pub(super) struct StateImplementationInput {
    interface: String,
    state_schema: StateSchemaInput,
    initial: Args,
}

#[derive(Debug, InputObject)]
pub(super) struct StateSchemaInput {
    ports: Vec<PortInput>,
    name: String,
}

#[derive(Debug, InputObject)]
pub(super) struct SetStateInput {
    pub(super) interface: String,
    pub(super) instance_id: InstanceId,
    pub(super) value: Args,
}

#[derive(Debug, InputObject)]
pub(super) struct UpdateStateInput {
    pub(super) interface: String,
    pub(super) instance_id: InstanceId,
    /// Operations of RFC 6902, applied all or none.
    pub(super) patches: Vec<Args>,
}

impl TryFrom<StateImplementationInput> for OfferedState {
    type Error = Refused;

    fn try_from(state: StateImplementationInput) -> Result<Self, Refused> {
        Ok(Self {
            interface: state.interface,
            name: state.state_schema.name,
            ports: state.state_schema.ports.into_iter().map(Into::into).collect(),
            initial: value("initial", state.initial)?,
        })
    }
}

/// The value of a state.
pub(super) fn value(what: &'static str, args: Args) -> Result<Value, Refused> {
    Ok(serde_json::from_str(object(what, args)?.get()).unwrap_or_default())
}

impl UpdateStateInput {
    /// The operations.
    pub(super) fn operations(&self) -> Result<Vec<PatchOperation>, Refused> {
        let read = |patch: &Args| {
            serde_json::from_str(patch.0.get()).map_err(|error| Refused::State {
                interface: self.interface.clone(),
                reason: format!("a patch has to be an operation of RFC 6902, got {}: {error}", patch.0),
            })
        };
        self.patches.iter().map(read).collect()
    }
}
