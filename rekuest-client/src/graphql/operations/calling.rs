//! Starting a call and cancelling it (protocol, section 2).

use rekuest_core::caller::CallTarget;
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
    /// What is to run it. Exactly one of the three ways is sent: of several, the action would win.
    pub target: &'a CallTarget,
    /// The arguments, an object.
    pub args: &'a RawValue,
    /// The caller's own name for the call. Left out, this server would give all calls the same one.
    pub reference: Uuid,
    /// The assignation that this one is a part of.
    pub parent: Option<&'a str>,
}

impl Serialize for Assign<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut input = serializer.serialize_struct("AssignInput", 11)?;
        input.serialize_field("instanceId", self.instance_id)?;
        match self.target {
            CallTarget::ActionHash(hash) => input.serialize_field("actionHash", hash)?,
            CallTarget::Action(id) => input.serialize_field("action", id)?,
            CallTarget::Implementation(id) => input.serialize_field("implementation", id)?,
            other => return Err(serde::ser::Error::custom(format!("the target {other:?} is not known"))),
        }
        input.serialize_field("args", self.args)?;
        input.serialize_field("reference", &self.reference.to_string())?;
        input.serialize_field("parent", &self.parent)?;
        input.serialize_field("cached", &false)?;
        input.serialize_field("log", &false)?;
        input.serialize_field("capture", &false)?;
        input.serialize_field("ephemeral", &false)?;
        input.serialize_field("hooks", &[(); 0])?;
        input.serialize_field("isHook", &false)?;
        input.end()
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
