//! The inputs of calls, and of the agent's own affairs.

use std::collections::BTreeMap;

use async_graphql::{ID, InputObject};
use serde_json::Value;
use serde_json::value::RawValue;

use super::enums::HookKind;
use super::scalars::{ActionHash, Args, Identifier, InstanceId};
use crate::state::Refused;
use crate::state::assign::{Request, Target};

/// `cached`, `log`, `step` and `isHook` do nothing, as on the observed server.
#[derive(Debug, InputObject)]
pub(super) struct AssignInput {
    instance_id: InstanceId,
    #[graphql(default)]
    action: Option<ID>,
    #[graphql(default)]
    implementation: Option<ID>,
    #[graphql(default)]
    agent: Option<ID>,
    #[graphql(default)]
    action_hash: Option<ActionHash>,
    #[graphql(default)]
    reservation: Option<ID>,
    #[graphql(default)]
    interface: Option<String>,
    #[graphql(default)]
    hooks: Option<Vec<HookInput>>,
    args: Args,
    reference: Option<String>,
    #[graphql(default)]
    parent: Option<ID>,
    #[graphql(name = "cached", default = false)]
    _cached: bool,
    #[graphql(name = "log", default = false)]
    _log: bool,
    #[graphql(default = false)]
    capture: bool,
    #[graphql(default = false)]
    ephemeral: bool,
    #[graphql(default)]
    dependencies: Option<Args>,
    #[graphql(name = "isHook", default_with = "Some(false)")]
    _is_hook: Option<bool>,
    #[graphql(name = "step", default_with = "Some(false)")]
    _step: Option<bool>,
}

/// Taken so that the refusal can say why.
#[derive(Debug, InputObject)]
pub(super) struct HookInput {
    #[graphql(name = "kind")]
    _kind: HookKind,
    #[graphql(name = "hash")]
    _hash: ActionHash,
}

impl TryFrom<AssignInput> for Request {
    type Error = Refused;

    fn try_from(input: AssignInput) -> Result<Self, Refused> {
        if input.hooks.as_ref().is_some_and(|hooks| !hooks.is_empty()) {
            return Err(Refused::Unsupported {
                what: "hooks",
                instead: "assign what they would run yourself",
            });
        }
        let target = Target::of(
            input.action.map(|id| id.0),
            input.implementation.map(|id| id.0),
            input.action_hash.map(|hash| hash.0),
            input.agent.map(|id| id.0).zip(input.interface),
            input.reservation.map(|id| id.0),
        )
        .ok_or(Refused::NothingNamed)?;
        Ok(Self {
            instance_id: input.instance_id.0,
            target,
            args: object("args", input.args)?,
            reference: input.reference,
            parent: input.parent.map(|parent| parent.0),
            dependencies: input.dependencies.map(chosen).transpose()?.unwrap_or_default(),
            capture: input.capture,
            ephemeral: input.ephemeral,
        })
    }
}

/// An object, as it came.
pub(super) fn object(what: &'static str, args: Args) -> Result<Box<RawValue>, Refused> {
    if args.0.get().starts_with('{') {
        Ok(args.0)
    } else {
        Err(Refused::NotAnObject { what, got: args.0.get().chars().take(60).collect() })
    }
}

/// The ids of implementations by key.
fn chosen(dependencies: Args) -> Result<BTreeMap<String, String>, Refused> {
    let object = object("dependencies", dependencies)?;
    let entries: BTreeMap<String, Value> = serde_json::from_str(object.get()).unwrap_or_default();
    let id = |value: Value| match value {
        Value::String(id) => id,
        other => other.to_string(),
    };
    Ok(entries.into_iter().map(|(key, value)| (key, id(value))).collect())
}

/// Inputs that name one assignation.
macro_rules! about_one {
    ($($name:ident)*) => {$(
        #[derive(Debug, InputObject)]
        pub(super) struct $name {
            pub(super) assignation: ID,
        }
    )*};
}

about_one!(AckInput CancelInput StepInput PauseInput ResumeInput InterruptInput);

#[derive(Debug, InputObject)]
pub(super) struct CollectInput {
    pub(super) drawers: Vec<ID>,
}

#[derive(Debug, InputObject)]
pub(super) struct AgentInput {
    pub(super) instance_id: InstanceId,
    #[graphql(default)]
    pub(super) name: Option<String>,
    #[graphql(default)]
    pub(super) extensions: Option<Vec<String>>,
}

#[derive(Debug, InputObject)]
pub(super) struct ShelveInMemoryDrawerInput {
    pub(super) instance_id: InstanceId,
    pub(super) identifier: Identifier,
    pub(super) resource_id: String,
    #[graphql(default)]
    pub(super) label: Option<String>,
    #[graphql(default)]
    pub(super) description: Option<String>,
}

#[derive(Debug, InputObject)]
pub(super) struct UnshelveMemoryDrawerInput {
    pub(super) instance_id: InstanceId,
    pub(super) id: String,
}
