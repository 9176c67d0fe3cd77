//! Starting a call and cancelling it (protocol, section 2).

use rekuest_core::caller::{CallHook, CallHookKind, CallOptions, CallTarget};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::operation;

/// Asks the server to have something run. Not idempotent: sent twice, it runs twice.
#[derive(Debug, Clone)]
pub struct Assign<'a> {
    /// The instance of the caller, which the events go to.
    pub instance_id: &'a str,
    /// What is to run it. Exactly one of the ways to say it is sent: of several, the action would win. A function is sent
    /// as the hash of its action; one whose hash is not known cannot be sent, and has to be looked for before.
    pub target: &'a CallTarget,
    /// The arguments, an object.
    pub args: &'a RawValue,
    /// The caller's own name for the call. Left out, this server would give all calls the same one.
    pub reference: Uuid,
    /// How the call is made, as far as the server hears of it.
    pub options: &'a CallOptions,
}

impl Serialize for Assign<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut input = serializer.serialize_struct("AssignInput", 13)?;
        input.serialize_field("instanceId", self.instance_id)?;
        match self.target {
            CallTarget::ActionHash(hash) => input.serialize_field("actionHash", hash)?,
            CallTarget::Action(id) => input.serialize_field("action", id)?,
            CallTarget::Implementation(id) => input.serialize_field("implementation", id)?,
            CallTarget::Reservation(id) => input.serialize_field("reservation", id)?,
            CallTarget::Function(function) => {
                let unknown = || {
                    serde::ser::Error::custom(format!(
                        "the hash of the function `{}` is not known",
                        function.key
                    ))
                };
                input.serialize_field("actionHash", function.demand.hash.as_ref().ok_or_else(unknown)?)?;
            }
            other => return Err(serde::ser::Error::custom(format!("the target {other:?} is not known"))),
        }
        input.serialize_field("args", self.args)?;
        input.serialize_field("reference", &self.reference.to_string())?;
        let options = self.options;
        input.serialize_field("parent", &options.parent)?;
        let dependencies = Some(&options.dependencies).filter(|chosen| !chosen.is_empty());
        input.serialize_field("dependencies", &dependencies)?;
        input.serialize_field("cached", &options.cached)?;
        input.serialize_field("log", &options.log)?;
        input.serialize_field("capture", &options.capture)?;
        input.serialize_field("ephemeral", &options.ephemeral)?;
        let hooks: Vec<HookInput<'_>> = options.hooks.iter().map(HookInput::from).collect();
        input.serialize_field("hooks", &hooks)?;
        input.serialize_field("isHook", &false)?;
        input.serialize_field("step", &options.step)?;
        input.end()
    }
}

/// What is to run around a call, as it is sent.
#[derive(Serialize)]
struct HookInput<'a> {
    kind: &'static str,
    hash: &'a str,
}

impl<'a> From<&'a CallHook> for HookInput<'a> {
    fn from(hook: &'a CallHook) -> Self {
        let kind = match hook.kind {
            CallHookKind::Init => "INIT",
            CallHookKind::Cleanup => "CLEANUP",
        };
        Self { kind, hash: &hook.hash }
    }
}

/// The id of what an operation was about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Ided {
    /// The id.
    pub id: String,
}

operation!(Assign, "graphql/assign.graphql", Assign<'_>, "assign", Ided, input: true, idempotent: false);

/// Asks the server to have a call cancelled. It always succeeds; its effect is the agent's CANCELLED.
#[derive(Debug, Clone, Serialize)]
pub struct Cancel<'a> {
    /// The assignation.
    pub assignation: &'a str,
}

operation!(Cancel, "graphql/cancel.graphql", Cancel<'_>, "cancel", Ided, input: true, idempotent: true);

/// Asks the server to have a call ended at once, with all that it has called. It always fails on the observed server.
#[derive(Debug, Clone, Serialize)]
pub struct Interrupt<'a> {
    /// The assignation.
    pub assignation: &'a str,
}

operation!(Interrupt, "graphql/interrupt.graphql", Interrupt<'_>, "interrupt", Ided, input: true, idempotent: true);

/// Asks the server to have a call halted at its next breakpoint. It always fails on the observed server.
#[derive(Debug, Clone, Serialize)]
pub struct Pause<'a> {
    /// The assignation.
    pub assignation: &'a str,
}

operation!(Pause, "graphql/pause.graphql", Pause<'_>, "pause", Ided, input: true, idempotent: true);

/// Asks the server to have a call let go on. It always fails on the observed server.
#[derive(Debug, Clone, Serialize)]
pub struct Resume<'a> {
    /// The assignation.
    pub assignation: &'a str,
}

operation!(Resume, "graphql/resume.graphql", Resume<'_>, "resume", Ided, input: true, idempotent: true);

/// Asks the server to have a call let go on to its next breakpoint. It always fails on the observed server.
#[derive(Debug, Clone, Serialize)]
pub struct Step<'a> {
    /// The assignation.
    pub assignation: &'a str,
}

operation!(Step, "graphql/step.graphql", Step<'_>, "step", Ided, input: true, idempotent: false);
